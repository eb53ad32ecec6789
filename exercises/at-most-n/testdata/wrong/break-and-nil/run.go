package limit

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	var group errgroup.Group
	places := semaphore.NewWeighted(int64(n))
	for _, task := range tasks {
		if places.Acquire(ctx, 1) != nil {
			break
		}
		group.Go(func() error {
			defer places.Release(1)
			return task()
		})
	}
	return group.Wait()
}
