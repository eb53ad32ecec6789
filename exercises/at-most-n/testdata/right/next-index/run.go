package limit

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	errs := make([]error, len(tasks))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, len(tasks)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(tasks)); i = next.Add(1) - 1 {
				if errs[i] = ctx.Err(); errs[i] != nil {
					return
				}
				errs[i] = tasks[i]()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
