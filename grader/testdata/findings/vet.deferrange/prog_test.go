package prog

import "testing"

func TestEach(t *testing.T) {
	in := make(chan int, 1)
	in <- 1
	close(in)
	Each(in, func(int) {}, func(int) {})
}
