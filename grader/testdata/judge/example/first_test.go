package first

import "testing"

func TestFirst(t *testing.T) {
	if got := First(func() int { return 1 }); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
}
