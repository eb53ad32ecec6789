package prog

import (
	"testing"
	"time"
)

func TestAsk(t *testing.T) {
	if got := Ask(time.Minute, func() int { return 7 }); got != 7 {
		t.Errorf("Ask = %d, want 7", got)
	}
}
