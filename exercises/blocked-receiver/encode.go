// Package podcast makes a radio station's shows ready for download.
package podcast

import "sync"

// EncodeAll calls encode once for each show, n calls at a time, and returns
// when all of them have ended.
func EncodeAll(n int, shows []string, encode func(show string)) {
	queue := make(chan string)
	var encoded sync.WaitGroup
	for range n {
		go func() {
			for show := range queue {
				encode(show)
				encoded.Done()
			}
		}()
	}
	encoded.Add(len(shows))
	for _, show := range shows {
		queue <- show
	}
	close(queue) // nothing more will come: the workers may leave
	encoded.Wait()
}
