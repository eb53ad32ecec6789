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
	places := make(chan struct{}, n)
	errs := make([]error, len(tasks))
	var stopped error
	var wg sync.WaitGroup
	for i, task := range tasks {
		if stopped = take(ctx, places); stopped != nil {
			break
		}
		wg.Go(func() {
			if err := task(); err != nil {
				errs[i] = err
				return
			}
			<-places
		})
	}
	wg.Wait()
	return errors.Join(append(errs, stopped)...)
}

// take takes a place, waiting for one as long as ctx lasts.
func take(ctx context.Context, places chan<- struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
