package merge

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received.
func Merge(inputs ...<-chan int) <-chan int {
	out := make(chan int)
	ended := make(chan struct{})
	for _, in := range inputs {
		go func() {
			for v := range in {
				out <- v
			}
			ended <- struct{}{}
		}()
	}
	go func() {
		for range inputs {
			<-ended
		}
		close(out)
	}()
	return out
}
