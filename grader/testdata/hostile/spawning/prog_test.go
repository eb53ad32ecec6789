package prog

import (
	"testing"
	"time"
)

func TestStarts(t *testing.T) { Starts() }

func TestNeighbour(t *testing.T) {
	Neighbour.Lock()
	defer Neighbour.Unlock()
	time.Sleep(20 * time.Millisecond)
}
