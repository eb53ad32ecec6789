package corpus

import (
	"fmt"
	"sync"
	"testing"
)

func TestLeaveDuringBroadcast(t *testing.T) {
	reg := NewRegistry()
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			for j := range 3 {
				s := reg.Open(fmt.Sprintf("user-%d-%d", i, j))
				reg.Broadcast("welcome")
				if got := s.Close(); len(got) == 0 {
					t.Error("session closed without its welcome")
				}
			}
		})
	}
	wg.Wait()
	if n := reg.Len(); n != 0 {
		t.Errorf("%d sessions still open", n)
	}
}
