package ordered

import (
	"context"
	"sync"
)

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { work(ctx, out, in, f) })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// work sends f(v) for each v that it receives.
func work[T, U any](ctx context.Context, out chan<- U, in <-chan T, f func(T) U) {
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			r := f(v)
			select {
			case out <- r:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
