package corpus

import (
	"sync"
	"testing"
)

func TestReadersWaitForTheTable(t *testing.T) {
	want := []string{"north", "east", "south"}
	for range 5 {
		table := Load(func() []string { return want })
		var wg sync.WaitGroup
		for i := range want {
			wg.Go(func() {
				if got := table.Row(i); got != want[i] {
					t.Errorf("row %d is %q, want %q", i, got, want[i])
				}
			})
		}
		wg.Wait()
	}
}
