package merge

import (
	"context"
	"sync"
)

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received, or
// soon after ctx has ended.
func Merge(ctx context.Context, inputs ...<-chan int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, in := range inputs {
		wg.Go(func() { forward(ctx, out, in) })
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// forward sends on out what it receives from in, until in is closed or ctx ends.
func forward(ctx context.Context, out chan<- int, in <-chan int) {
	for v := range in {
		select {
		case out <- v:
		case <-ctx.Done():
			return
		}
	}
}
