package prog

import "testing"

func TestAwait(t *testing.T) {
	in := make(chan int, 1)
	in <- 1
	Await(in)
}
