package prog

import "testing"

func TestEven(t *testing.T) {
	if !Even(2) {
		t.Fail()
	}
}
