package corpus

import (
	"sync"
	"testing"
)

func TestSharesWhileHealthChanges(t *testing.T) {
	b := NewBalancer()
	b.Add("a", 1)
	b.Add("b", 3)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 8 {
			b.Mark("b", i%2 == 1)
		}
	})
	for _, name := range []string{"a", "b"} {
		wg.Go(func() {
			for range 8 {
				if share := b.Share(name); share < 0 || share > 1 {
					t.Errorf("share of %s is %g", name, share)
				}
			}
		})
	}
	wg.Wait()
	if got := b.Share("b"); got != 0.75 {
		t.Errorf("share of b is %g, want 0.75", got)
	}
}
