package main

import (
	"fmt"
	"sync/atomic"
)

var n int64

func set(done chan<- struct{}) {
	atomic.StoreInt64(&n, 7)
	close(done)
}

func main() {
	done := make(chan struct{})
	go set(done)
	m := n
	<-done
	fmt.Println("got", m > 8)
}
