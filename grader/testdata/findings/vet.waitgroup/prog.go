package prog

import "sync"

// Run does a job and waits for it.
func Run(job func()) {
	var wg sync.WaitGroup
	begun := make(chan bool)
	go func() {
		wg.Add(1)
		defer wg.Done()
		close(begun)
		job()
	}()
	<-begun
	wg.Wait()
}
