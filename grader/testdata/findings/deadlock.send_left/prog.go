package prog

// Double gives back twice of what it is given.
func Double(n int) int {
	c := make(chan int)
	c <- 2 * n
	return <-c
}
