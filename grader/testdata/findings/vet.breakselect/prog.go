package prog

// Drain takes what there is, and never finds out of its loop.
func Drain(in <-chan int, stop func()) {
	for {
		select {
		case _, ok := <-in:
			if !ok {
				stop()
			}
			break
		}
	}
}
