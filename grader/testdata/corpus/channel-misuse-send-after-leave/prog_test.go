package corpus

import (
	"fmt"
	"sync"
	"testing"
)

func TestComingAndGoing(t *testing.T) {
	var room Room
	stays := room.Join("stays")
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := range 12 {
			if heard := room.Say(fmt.Sprint(n)); heard < 1 {
				t.Errorf("line %d heard by %d", n, heard)
			}
		}
	})
	wg.Go(func() {
		for n := range 3 {
			name := fmt.Sprintf("guest %d", n)
			room.Join(name)
			room.Leave(name)
		}
	})
	wg.Wait()
	room.Leave("stays")
	last := ""
	for line := range stays {
		last = line
	}
	if last != "11" {
		t.Errorf("the last line is %q, want 11", last)
	}
}
