package corpus

import (
	"sync"
	"testing"
)

func TestLinesDuringPlay(t *testing.T) {
	var board Board
	players := []string{"ada", "bob", "cyd"}
	var wg sync.WaitGroup
	for i, player := range players {
		wg.Go(func() {
			for round := range 4 {
				board.Submit(player, 10*i+round)
				for n, line := range board.Lines() {
					if line.Rank > n+1 {
						t.Errorf("line %d has rank %d", n, line.Rank)
					}
				}
			}
		})
	}
	wg.Wait()
	if lines := board.Lines(); len(lines) != 3 || lines[0].Player != "cyd" {
		t.Errorf("lines = %v, want cyd first of three", lines)
	}
}
