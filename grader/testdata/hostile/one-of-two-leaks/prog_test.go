package prog

import "testing"

func TestLeaks(t *testing.T) { Leaks() }
func TestEnds(t *testing.T)  { Ends() }
