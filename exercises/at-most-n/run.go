// Package limit runs many tasks, only so many at a time.
package limit

import (
	"context"
	"errors"
	"sync"
)

// Run runs the tasks, each in a goroutine of its own, of which no more than n
// exist at a time. It returns the errors of the tasks, joined, once all its
// goroutines have ended. Once ctx has ended, a task that would have to wait for
// its goroutine is not started any more, nor are those after it, and the
// context's error is among those returned.
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
			defer func() { <-places }() // on every path
			errs[i] = task()
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
