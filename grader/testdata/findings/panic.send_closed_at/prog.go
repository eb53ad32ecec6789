package prog

// Relay hands one value on, and closes too early.
func Relay(n int) {
	out := make(chan int, 1)
	closed := make(chan bool)
	go func() {
		close(out)
		close(closed)
	}()
	<-closed
	out <- n
}
