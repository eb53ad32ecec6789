package limit

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	errs := make([]error, 0, len(tasks)+1)
	for wave := range slices.Chunk(tasks, n) {
		if err := ctx.Err(); err != nil {
			errs = append(errs, err)
			break
		}
		errs = append(errs, together(wave)...)
	}
	return errors.Join(errs...)
}

// together runs the tasks all at once, and returns what each returns.
func together(tasks []func() error) []error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { errs[i] = task() })
	}
	wg.Wait()
	return errs
}
