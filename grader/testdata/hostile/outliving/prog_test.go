package prog

import "testing"

func TestStarts(t *testing.T)    { Starts() }
func TestNeighbour(t *testing.T) { Neighbour() }
func TestOther(t *testing.T)     {}
