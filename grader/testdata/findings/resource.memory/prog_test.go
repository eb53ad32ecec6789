package prog

import "testing"

func TestCollect(t *testing.T) { Collect() }
