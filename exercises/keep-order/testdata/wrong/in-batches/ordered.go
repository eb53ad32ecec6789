package ordered

import (
	"context"
	"sync"
)

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for more := true; more; {
			var values []T
			values, more = take(ctx, n, in)
			for _, r := range together(values, f) {
				select {
				case out <- r:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}

// take takes n values, and reports whether there may be more.
func take[T any](ctx context.Context, n int, in <-chan T) (values []T, more bool) {
	for len(values) < n {
		select {
		case v, ok := <-in:
			if !ok {
				return values, false
			}
			values = append(values, v)
		case <-ctx.Done():
			return nil, false
		}
	}
	return values, true
}

// together computes all the results at once.
func together[T, U any](values []T, f func(T) U) []U {
	results := make([]U, len(values))
	var wg sync.WaitGroup
	for i, v := range values {
		wg.Go(func() { results[i] = f(v) })
	}
	wg.Wait()
	return results
}
