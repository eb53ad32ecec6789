package limit

import (
	"context"
	"errors"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	places := semaphore.NewWeighted(int64(n))
	errs := make([]error, len(tasks))
	var stopped error
	var wg sync.WaitGroup
	for i, task := range tasks {
		if stopped = places.Acquire(ctx, 1); stopped != nil {
			break
		}
		wg.Go(func() {
			defer places.Release(1)
			errs[i] = task()
		})
	}
	wg.Wait()
	return errors.Join(append(errs, stopped)...)
}
