package prog

import "testing"

func TestWaitGroup(t *testing.T) { WaitGroup() }
func TestTimer(t *testing.T)     { Timer() }
