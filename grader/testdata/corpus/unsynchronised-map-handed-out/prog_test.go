package corpus

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

func TestLookupWhileServersComeAndGo(t *testing.T) {
	var r Registry
	r.Register("mail", "10.0.0.1:25", true)
	r.Register("mail", "10.0.0.2:25", false)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 6 {
			addr := fmt.Sprintf("10.0.1.%d:25", i)
			r.Register("mail", addr, true)
			r.Forget("mail", addr)
		}
	})
	wg.Go(func() {
		for range 6 {
			if got := r.Lookup("mail"); !slices.Contains(got, "10.0.0.1:25") {
				t.Errorf("Lookup = %v, without the one that stays", got)
			}
		}
	})
	wg.Wait()
	if got := r.Lookup("mail"); len(got) != 1 {
		t.Errorf("Lookup = %v at the end, want one address", got)
	}
}
