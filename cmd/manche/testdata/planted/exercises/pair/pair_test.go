package pair

import "testing"

func TestAdd(t *testing.T) {
	one, two := func() int { return 1 }, func() int { return 2 }
	if got := Add(one, two); got != 3 {
		t.Errorf("Add = %d, want 3", got)
	}
}
