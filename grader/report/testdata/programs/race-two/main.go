package main

import "fmt"

func pair[T any](x *T, first, second T) {
	done := make(chan struct{})
	go func() {
		*x = first
		close(done)
	}()
	*x = second
	<-done
}

func main() {
	var n int
	var s map[string]int
	fmt.Println("before")
	pair(&n, 1, 2)
	fmt.Println("between: ==================")
	pair(&s, nil, map[string]int{})
	fmt.Println("after")
}
