package prog

import "sync"

// Report waits for the writer.
func Report(write func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		write()
	}()
	wg.Wait()
}
