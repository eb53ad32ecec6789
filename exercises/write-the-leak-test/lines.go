// Package lines hands out the lines of a text one by one.
package lines

import (
	"strings"
	"sync"
)

// Read sends the lines of text on the channel, in order, and closes it after
// the last one. The caller calls stop when it needs no more lines, before the
// end or after it, and may call it again. Once stop has returned, no more lines
// need to be received; 50 ms later at most, no goroutine of this call is left.
func Read(text string) (lines <-chan string, stop func()) {
	out, done := make(chan string), make(chan struct{})
	go func() {
		defer close(out)
		for line := range strings.Lines(text) {
			select {
			case out <- strings.TrimSuffix(line, "\n"):
			case <-done:
				return
			}
		}
	}()
	return out, sync.OnceFunc(func() { close(done) })
}
