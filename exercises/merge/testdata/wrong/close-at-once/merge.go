package merge

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received.
func Merge(inputs ...<-chan int) <-chan int {
	out := make(chan int)
	defer close(out)
	for _, in := range inputs {
		go func() {
			for v := range in {
				out <- v
			}
		}()
	}
	return out
}
