package podcast

import "sync"

// EncodeAll calls encode once for each show, n calls at a time, and returns
// when all of them have ended.
func EncodeAll(n int, shows []string, encode func(show string)) {
	queue, done := make(chan string), make(chan struct{})
	defer close(done)
	var encoded sync.WaitGroup
	for range n {
		go func() {
			for {
				select {
				case show := <-queue:
					encode(show)
					encoded.Done()
				case <-done:
					return
				}
			}
		}()
	}
	encoded.Add(len(shows))
	for _, show := range shows {
		queue <- show
	}
	encoded.Wait()
}
