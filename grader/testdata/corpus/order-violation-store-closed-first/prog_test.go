package corpus

import (
	"sync"
	"testing"
)

func TestAllEntriesAreWritten(t *testing.T) {
	for range 3 {
		j := NewJournal(OpenStore())
		var wg sync.WaitGroup
		for _, who := range []string{"ada", "grace"} {
			wg.Go(func() {
				j.Add(who + " came")
				j.Add(who + " went")
			})
		}
		wg.Wait()
		if lines := j.Close(); len(lines) != 4 {
			t.Errorf("%d lines, want 4: %v", len(lines), lines)
		}
	}
}
