package prog

import "sync"

// Map returns f of each element of in.
func Map(in []int, f func(int) int) []int {
	out := make([]int, len(in))
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, v := range in {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			out[i] = f(v)
		})
	}
	wg.Wait()
	return out
}
