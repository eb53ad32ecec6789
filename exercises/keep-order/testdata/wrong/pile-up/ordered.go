package ordered

import (
	"context"
	"sync"
)

// job is a value with its number, result what became of it.
type (
	job[T any] struct {
		number int
		value  T
	}
	result[U any] struct {
		number int
		value  U
	}
)

// Map sends f(v) for each v of in, in the order of in, with up to n calls of f at
// a time. It ends with in, or soon after ctx has ended.
func Map[T, U any](ctx context.Context, n int, in <-chan T, f func(T) U) <-chan U {
	jobs, results, out := make(chan job[T]), make(chan result[U]), make(chan U)
	go func() {
		defer close(jobs)
		number(ctx, jobs, in)
	}()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for j := range jobs {
				r := result[U]{j.number, f(j.value)}
				select {
				case results <- r:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	go func() {
		defer close(out)
		sortOut(ctx, out, results)
	}()
	return out
}

// number numbers the values.
func number[T any](ctx context.Context, jobs chan<- job[T], in <-chan T) {
	for i := 0; ; i++ {
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			select {
			case jobs <- job[T]{i, v}:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// sortOut sends the results by their numbers, and keeps those that come early.
func sortOut[U any](ctx context.Context, out chan<- U, results <-chan result[U]) {
	early := make(map[int]U)
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
		}
	}
}
