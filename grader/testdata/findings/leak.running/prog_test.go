package prog

import "testing"

func TestPoll(t *testing.T) { Poll(func() bool { return false }) }
