package corpus

import (
	"fmt"
	"sync"
	"testing"
)

func TestVersionsArriveInOrder(t *testing.T) {
	const writers, writes = 2, 6
	var c Cell
	changes := c.Watch(writers * writes)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range writes {
				c.Set(fmt.Sprintf("%d/%d", w, n))
			}
		})
	}
	for want := 1; want <= writers*writes; want++ {
		if got := <-changes; got.Version != want {
			t.Errorf("version %d arrived, want %d", got.Version, want)
		}
	}
	wg.Wait()
	if got := c.Get().Version; got != writers*writes {
		t.Errorf("version %d at the end, want %d", got, writers*writes)
	}
}
