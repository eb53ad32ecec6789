package prog

import "testing"

func TestEnter(t *testing.T) {
	d := New()
	d.Open()
	d.Enter()
}
