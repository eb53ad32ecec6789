package prog

import "testing"

func TestBusy(t *testing.T)     { Busy() }
func TestSleeping(t *testing.T) { Sleeping() }
func TestBlocked(t *testing.T)  { Blocked() }
func TestSound(t *testing.T)    {}
