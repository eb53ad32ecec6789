package prog

import "testing"

func TestTally(t *testing.T) { Tally("a", "b", "c", "d") }
