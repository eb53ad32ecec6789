package parallel

import "sync"

// Map returns f of each element of in, in the order of in. Every call of f has
// a goroutine of its own; all of them have ended when Map returns.
func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, len(in))
	indices := make(chan int)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range indices {
				out[i] = f(in[i])
			}
		})
	}
	for i := range in {
		indices <- i
	}
	close(indices)
	wg.Wait()
	return out
}
