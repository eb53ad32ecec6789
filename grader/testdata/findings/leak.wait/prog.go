package prog

import "sync"

// All runs the jobs and calls finished after the last one.
func All(jobs []func() error, finished func()) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		go func() {
			if job() != nil {
				return
			}
			wg.Done()
		}()
	}
	go func() {
		wg.Wait()
		finished()
	}()
}
