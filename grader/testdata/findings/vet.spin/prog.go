package prog

// Await waits for a value.
func Await(in <-chan int) int {
	for {
		select {
		case n := <-in:
			return n
		default:
		}
	}
}
