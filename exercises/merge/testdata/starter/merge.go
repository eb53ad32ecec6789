package merge

import "sync"

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received.
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
	wg.Wait()
	close(out)
	return out
}
