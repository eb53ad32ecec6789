package prog

import "sync"

// Count counts the visits of n guests.
func Count(n int) int {
	visits := 0
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			visits++
		}()
	}
	wg.Wait()
	return visits
}
