package lines

import (
	"strings"
	"sync"
)

// Read looks at done once a page, and not while it sends: when the reader leaves
// early, the send waits for ever.
func Read(text string) (lines <-chan string, stop func()) {
	const page = 40
	out, done := make(chan string), make(chan struct{})
	go func() {
		defer close(out)
		n := 0
		for line := range strings.Lines(text) {
			if n%page == 0 && closed(done) {
				return
			}
			out <- strings.TrimSuffix(line, "\n")
			n++
		}
	}()
	return out, sync.OnceFunc(func() { close(done) })
}

func closed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
