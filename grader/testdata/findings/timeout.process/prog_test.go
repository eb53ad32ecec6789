package prog

import "testing"

func TestFirst(t *testing.T) { First() }
