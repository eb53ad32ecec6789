package corpus

import (
	"sync"
	"testing"
)

func TestMovesLoseNothing(t *testing.T) {
	w := NewWarehouse(3, "bolt", 50)
	var pickers sync.WaitGroup
	for picker := range 3 {
		pickers.Go(func() {
			for round := range 8 {
				from := (picker + round) % 3
				w.Move(from, (from+1+picker%2)%3, "bolt", 7)
			}
		})
	}
	pickers.Wait()
	if got := w.Count("bolt"); got != 150 {
		t.Errorf("%d bolts, want 150", got)
	}
}
