package prog

import "sync"

// Count calls each for every name that is not empty.
func Count(names []string, each func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			if name == "" {
				return
			}
			each(name)
			wg.Done()
		}()
	}
	wg.Wait()
}
