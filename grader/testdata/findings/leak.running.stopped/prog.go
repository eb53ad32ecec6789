package prog

import "time"

// Refresh renews something every so often, until stop is called.
func Refresh(every time.Duration, renew func()) (stop func()) {
	t := time.NewTicker(every)
	go func() {
		for range t.C {
			renew()
		}
	}()
	return t.Stop
}
