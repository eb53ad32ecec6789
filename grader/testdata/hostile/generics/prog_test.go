package prog

import "testing"

func TestLeak(t *testing.T)     { Leak[map[string][]int](nil) }
func TestRace(t *testing.T)     { new(Cell[int]).Race(1) }
func TestDeadlock(t *testing.T) { NewPair[string, struct{ a, b int }]().Wait() }
func TestPanic(t *testing.T)    { await(func() { Keep("k", []error{}) }) }
func TestSound(t *testing.T)    {}
