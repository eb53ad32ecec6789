package corpus

import (
	"fmt"
	"sync"
	"testing"
)

func TestAppend(t *testing.T) {
	written := make(map[string]bool)
	w := NewWriter(func(batch []string) {
		for _, line := range batch {
			written[line] = true
		}
	})
	var wg sync.WaitGroup
	for g := range 2 {
		wg.Go(func() {
			for n := range 5 {
				w.Append(fmt.Sprintf("%d/%d", g, n))
			}
		})
	}
	wg.Wait()
	w.Close()
	if len(written) != 10 {
		t.Errorf("%d lines written, want 10", len(written))
	}
}
