package podcast

import "sync"

// EncodeAll calls encode once for each show, n calls at a time, and returns
// when all of them have ended.
func EncodeAll(n int, shows []string, encode func(show string)) {
	queue := make(chan string, len(shows))
	for _, show := range shows {
		queue <- show
	}
	close(queue)

	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for show := range queue {
				encode(show)
			}
		})
	}
	workers.Wait()
}
