package greenhouse

import (
	"sync/atomic"
	"time"
)

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	var stopped atomic.Bool
	t := time.NewTicker(interval)
	go func() {
		defer t.Stop()
		for {
			<-t.C
			if stopped.Load() {
				return
			}
			measure()
		}
	}()
	return func() { stopped.Store(true) }
}
