package prog

import "testing"

func TestTake(t *testing.T) {
	if till := (&Till{cents: 3}); !till.Take(2) {
		t.Error("Take(2) of 3 = false, want true")
	}
}
