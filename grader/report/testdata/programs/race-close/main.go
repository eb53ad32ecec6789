package main

import "runtime"

func main() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
	for len(c) == 0 { // orders nothing
		runtime.Gosched()
	}
	close(c)
}
