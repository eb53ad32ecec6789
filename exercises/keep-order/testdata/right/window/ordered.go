package ordered

import (
	"context"
	"sync"
)

// result is what f made of the value with that number.
type result[U any] struct {
	number int
	value  U
}

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	window := make(chan struct{}, n) // one for each value on its way
	results := make(chan result[U], n)
	out := make(chan U)
	go func() {
		defer close(results)
		compute(ctx, window, results, in, f)
	}()
	go func() {
		defer close(out)
		sortOut(ctx, window, out, results)
	}()
	return out
}

// compute numbers the values and sends what f makes of them, as it comes.
func compute[T, U any](ctx context.Context, window chan<- struct{}, results chan<- result[U], in <-chan T, f func(T) U) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for number := 0; ; number++ {
		select {
		case window <- struct{}{}:
		case <-ctx.Done():
			return
		}
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			wg.Go(func() { results <- result[U]{number, f(v)} })
		case <-ctx.Done():
			return
		}
	}
}

// sortOut sends the results by their numbers, and keeps those that come early.
func sortOut[U any](ctx context.Context, window <-chan struct{}, out chan<- U, results <-chan result[U]) {
	early := make(map[int]U) // never more than the window
	next := 0
	for r := range results {
		early[r.number] = r.value
		for v, ok := early[next]; ok; v, ok = early[next] {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
			delete(early, next)
			next++
			<-window
		}
	}
}
