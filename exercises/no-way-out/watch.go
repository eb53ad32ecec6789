// Package greenhouse keeps an eye on the climate of a greenhouse.
package greenhouse

import (
	"sync"
	"time"
)

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called. Only the first call of stop counts.
func Watch(interval time.Duration, measure func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(interval)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				measure()
			case <-done:
				return
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}
