package lines

import (
	"strings"
	"sync"
	"sync/atomic"
)

// Read has a second goroutine turn stop into done. Once the last line is on its
// way, stop believes that there is nothing left to end, and that goroutine waits
// for ever.
func Read(text string) (lines <-chan string, stop func()) {
	out, done, stopped := make(chan string), make(chan struct{}), make(chan struct{})
	var over atomic.Bool
	go func() {
		<-stopped
		close(done)
	}()
	go func() {
		defer close(out)
		for line, rest, more := "", text, text != ""; more; {
			line, rest, _ = strings.Cut(rest, "\n")
			if more = rest != ""; !more {
				over.Store(true)
			}
			select {
			case out <- line:
			case <-done:
				return
			}
		}
	}()
	return out, sync.OnceFunc(func() {
		if !over.Load() {
			close(stopped)
		}
	})
}
