package prog

import "sync"

// All does the jobs side by side.
func All(jobs ...func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go job()
	}
	wg.Wait()
}
