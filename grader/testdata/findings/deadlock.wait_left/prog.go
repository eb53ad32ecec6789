package prog

import "sync"

// All does the jobs side by side.
func All(jobs ...func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if err := job(); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}
