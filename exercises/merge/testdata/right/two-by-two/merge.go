package merge

// Merge returns a channel on which every value of every input arrives. The
// channel is closed once all the inputs are closed and their values received.
func Merge(inputs ...<-chan int) <-chan int {
	out := make(chan int)
	switch len(inputs) {
	case 0:
		close(out)
	case 1:
		go both(out, inputs[0], nil)
	default:
		half := len(inputs) / 2
		go both(out, Merge(inputs[:half]...), Merge(inputs[half:]...))
	}
	return out
}

// both sends on what comes from a and from b, and closes out when both are closed.
func both(out chan<- int, a, b <-chan int) {
	defer close(out)
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			out <- v
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			out <- v
		}
	}
}
