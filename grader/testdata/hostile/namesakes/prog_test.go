package prog

import "testing"

func TestLeak(t *testing.T)  { Leak() }
func TestPanic(t *testing.T) { find() }
