package merge

import "sync/atomic"

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received.
func Merge(inputs ...<-chan int) <-chan int {
	out := make(chan int)
	if len(inputs) == 0 {
		close(out)
		return out
	}
	var left atomic.Int64
	left.Store(int64(len(inputs)))
	for _, in := range inputs {
		go func() {
			for v := range in {
				out <- v
			}
			if left.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	return out
}
