package prog

import "sync"

// Votes counts votes by name.
type Votes struct{ count map[string]int }

// Ask asks everybody at once.
func (v *Votes) Ask(names ...string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { v.count[name]++ })
	}
	wg.Wait()
}
