package parallel

import "sync"

// Map returns f of each element of in, in the order of in. Every call of f has
// a goroutine of its own; all of them have ended when Map returns.
func Map[T, U any](in []T, f func(T) U) []U {
	var out []U
	var wg sync.WaitGroup
	for _, v := range in {
		wg.Go(func() { out = append(out, f(v)) })
	}
	wg.Wait()
	return out
}
