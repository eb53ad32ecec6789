package corpus

import (
	"fmt"
	"testing"
)

func TestStopEndsPolling(t *testing.T) {
	n := 0
	source := func() ([]string, bool) {
		n++
		return []string{fmt.Sprintf("item %d", n)}, true
	}
	enough := make(chan struct{})
	delivered := 0
	p := StartPoller(source, func(string) {
		if delivered++; delivered == 3 {
			close(enough)
		}
	})
	<-enough
	p.Stop()
	if delivered < 3 || delivered != n {
		t.Errorf("%d delivered of %d", delivered, n)
	}
}
