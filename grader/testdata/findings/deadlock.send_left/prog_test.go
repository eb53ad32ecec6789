package prog

import "testing"

func TestDouble(t *testing.T) { Double(1) }
