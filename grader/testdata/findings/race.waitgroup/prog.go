package prog

import "sync"

// All does the jobs side by side and waits for them, or so it seems.
func All(jobs []func(), begun func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1)
			defer wg.Done()
			job()
		}()
	}
	begun()
	wg.Wait()
}
