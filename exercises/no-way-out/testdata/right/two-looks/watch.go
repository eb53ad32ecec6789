package greenhouse

import (
	"context"
	"time"
)

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		t := time.NewTicker(interval)
		defer t.Stop()
		for ctx.Err() == nil {
			select {
			case <-t.C:
				if ctx.Err() == nil {
					measure()
				}
			case <-ctx.Done():
			}
		}
	}()
	return cancel
}
