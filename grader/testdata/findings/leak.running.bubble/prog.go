package prog

import "time"

// Refresh renews something every so often.
func Refresh(every time.Duration, renew func()) {
	t := time.NewTicker(every)
	go func() {
		for range t.C {
			renew()
		}
	}()
}
