package prog

import "testing"

func TestLeak(t *testing.T)  { Leak() }
func TestRace(t *testing.T)  { Race() }
func TestSound(t *testing.T) {}
