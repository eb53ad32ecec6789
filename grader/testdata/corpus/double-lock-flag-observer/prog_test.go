package corpus

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestObserverSeesTheNewValue(t *testing.T) {
	flags := NewFlags()
	var calls, lit atomic.Int64
	flags.Observe(func(name string) {
		calls.Add(1)
		if flags.Enabled(name) {
			lit.Add(1)
		}
	})
	var wg sync.WaitGroup
	for _, name := range []string{"search", "export", "dark-mode"} {
		wg.Go(func() { flags.Set(name, true) })
	}
	wg.Wait()
	if calls.Load() != 3 || lit.Load() != 3 {
		t.Errorf("%d calls, %d of them saw the flag on; want 3 and 3", calls.Load(), lit.Load())
	}
}

func TestNoNewsWithoutChange(t *testing.T) {
	flags := NewFlags()
	flags.Observe(func(name string) { t.Errorf("told of %s, which did not change", name) })
	flags.Set("search", false)
	if flags.Enabled("search") {
		t.Error("search is on")
	}
}
