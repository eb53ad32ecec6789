package prog

import "context"

// Feed sends what next gives until ctx ends.
func Feed(ctx context.Context, out chan<- int, next func() int) {
	for {
		select {
		case <-ctx.Done():
			return
		case out <- next():
		}
	}
}
