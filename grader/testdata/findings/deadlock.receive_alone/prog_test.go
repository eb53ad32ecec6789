package prog

import "testing"

func TestRun(t *testing.T) { Run(func() {}) }
