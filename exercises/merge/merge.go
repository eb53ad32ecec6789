// Package merge brings the values of several channels together on one.
package merge

import "sync"

// Merge returns a channel on which every value of every input arrives, those of
// one input in their order. The channel is closed once all the inputs are closed
// and their values received, which the caller must go on doing until then.
func Merge(inputs ...<-chan int) <-chan int {
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
		close(out) // nobody sends any more
	}()
	return out
}
