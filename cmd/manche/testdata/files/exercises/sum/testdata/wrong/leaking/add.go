package sum

func add(a, b int) int {
	result := make(chan int)
	go func() {
		result <- a + b
		result <- 0
	}()
	return <-result
}
