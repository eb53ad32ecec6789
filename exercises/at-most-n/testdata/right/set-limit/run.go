package limit

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Run runs the tasks, no more than n at a time, each exactly once, and returns
// the errors of those that fail. Once ctx has ended, it starts no task that has
// to wait for its turn, and returns the error of ctx.
func Run(ctx context.Context, n int, tasks []func() error) error {
	var group errgroup.Group
	group.SetLimit(n)
	for _, task := range tasks {
		group.Go(func() error { // waits for a place
			if err := ctx.Err(); err != nil {
				return err
			}
			return task()
		})
	}
	return group.Wait()
}
