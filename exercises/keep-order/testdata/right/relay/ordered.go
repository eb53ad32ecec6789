package ordered

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		var wg sync.WaitGroup
		defer wg.Wait()
		places := semaphore.NewWeighted(int64(n))
		turn := make(chan struct{})
		close(turn) // the first need not wait
		for {
			if places.Acquire(ctx, 1) != nil {
				return
			}
			select {
			case v, ok := <-in:
				if !ok {
					return
				}
				mine, next := turn, make(chan struct{})
				wg.Go(func() {
					defer places.Release(1)
					deliver(ctx, out, f(v), mine, next)
				})
				turn = next
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// deliver sends the result when its turn has come, and gives the turn away.
func deliver[U any](ctx context.Context, out chan<- U, result U, mine <-chan struct{}, next chan<- struct{}) {
	select {
	case <-mine:
	case <-ctx.Done():
		return
	}
	select {
	case out <- result:
		close(next)
	case <-ctx.Done():
	}
}
