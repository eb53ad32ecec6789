package prog

import "sync"

// Tally counts words, for ever.
func Tally(words ...string) {
	count := make(map[string]int)
	var wg sync.WaitGroup
	for _, w := range words {
		wg.Go(func() {
			for {
				count[w]++
			}
		})
	}
	wg.Wait()
}
