package prog

import "testing"

func TestFinish(t *testing.T) { Finish() }
