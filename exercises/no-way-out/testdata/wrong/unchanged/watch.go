package greenhouse

import "time"

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	t := time.NewTicker(interval)
	go func() {
		for {
			<-t.C
			measure()
		}
	}()
	return t.Stop
}
