package greenhouse

import (
	"context"
	"sync"
	"time"
)

// Watch calls measure at every interval, in a goroutine of its own, until stop
// is called.
func Watch(interval time.Duration, measure func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var watching sync.WaitGroup
	watching.Go(func() {
		t := time.NewTicker(interval)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				measure()
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		watching.Wait()
	}
}
