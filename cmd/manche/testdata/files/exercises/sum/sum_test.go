package sum

import (
	"testing"
	"testing/synctest"
)

func TestSum(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := Sum(1, 2); got != 3 {
			t.Errorf("Sum(1, 2) = %d, want 3", got)
		}
	})
}
