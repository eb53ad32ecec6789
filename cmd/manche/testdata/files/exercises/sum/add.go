package sum

func add(a, b int) int {
	result := make(chan int, 1)
	go func() { result <- a + b }()
	return <-result
}
