package greenhouse

import (
	"context"
	"time"
)

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	t := time.NewTicker(interval)
	go func() {
		defer t.Stop()
		for {
			select {
			case <-t.C:
				measure()
			case <-ctx.Done():
				break
			}
		}
	}()
	return cancel
}
