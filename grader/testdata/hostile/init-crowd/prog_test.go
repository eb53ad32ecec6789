package prog

import "testing"

func TestLeak(t *testing.T)  { Leak() }
func TestSound(t *testing.T) {}
