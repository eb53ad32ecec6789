package limit

import (
	"context"
	"errors"
	"sync"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	errs := make([]error, len(tasks))
	indices := make(chan int)
	var wg sync.WaitGroup
	for range min(n, len(tasks)) {
		wg.Go(func() {
			for i := range indices {
				errs[i] = tasks[i]()
			}
		})
	}
	stopped := hand(ctx, indices, len(tasks))
	wg.Wait()
	return errors.Join(append(errs, stopped)...)
}

// hand sends 0, 1, … n-1 as long as ctx lasts, and closes the channel.
func hand(ctx context.Context, indices chan<- int, n int) error {
	defer close(indices)
	for i := range n {
		select {
		case indices <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
