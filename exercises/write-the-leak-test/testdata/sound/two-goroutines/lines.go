package lines

import (
	"strings"
	"sync"
)

// Read cuts the text in one goroutine, sends the lines from another, and stop
// waits for both.
func Read(text string) (lines <-chan string, stop func()) {
	cut, out, done := make(chan string, 4), make(chan string), make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() {
		defer close(cut)
		for line := range strings.Lines(text) {
			select {
			case cut <- strings.TrimSuffix(line, "\n"):
			case <-done:
				return
			}
		}
	})
	both.Go(func() {
		defer close(out)
		for line := range cut {
			select {
			case out <- line:
			case <-done:
				return
			}
		}
	})
	return out, sync.OnceFunc(func() {
		close(done)
		both.Wait()
	})
}
