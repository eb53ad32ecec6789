package corpus

import (
	"sync"
	"testing"
)

func TestStopAfterUse(t *testing.T) {
	cache := NewCache()
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() { cache.Put(name) })
	}
	wg.Wait()
	cache.Put("d")
	if n := cache.Stop(); n < 1 || n > 4 {
		t.Errorf("%d values left", n)
	}
	if n := cache.Stop(); n != 0 {
		t.Errorf("second Stop = %d", n)
	}
}
