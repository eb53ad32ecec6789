package prog

import (
	"runtime"
	"testing"
)

func TestDrain(t *testing.T) {
	in, done := make(chan int), make(chan bool)
	close(in)
	go func() {
		defer close(done)
		Drain(in, runtime.Goexit)
	}()
	<-done
}
