package prog

import "testing"

func TestHand(t *testing.T) {
	d := &Desk{Numbers: make(chan int, 1)}
	d.Hand()
	if got := <-d.Numbers; got != 1 {
		t.Errorf("the first number is %d, want 1", got)
	}
}
