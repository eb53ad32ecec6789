package greenhouse

import "time"

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	done := make(chan struct{})
	t := time.NewTicker(interval)
	go func() {
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
	return func() { close(done) }
}
