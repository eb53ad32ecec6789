package ordered

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for _, r := range results(ctx, n, in, f) {
			select {
			case out <- *r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// results computes all the results, up to n at a time.
func results[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) []*U {
	var list []*U
	var group errgroup.Group
	group.SetLimit(n)
	defer group.Wait()
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return list
			}
			r := new(U)
			list = append(list, r)
			group.Go(func() error {
				*r = f(v)
				return nil
			})
		case <-ctx.Done():
			return list
		}
	}
}
