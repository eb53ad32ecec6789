package prog

// Either takes from whichever has something.
func Either(a, b <-chan int) int {
	select {
	case n := <-a:
		return n
	case n := <-b:
		return n
	}
}
