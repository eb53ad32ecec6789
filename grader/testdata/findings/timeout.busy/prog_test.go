package prog

import "testing"

func TestSteps(t *testing.T) { Steps(5) }
