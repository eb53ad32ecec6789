package prog

import "testing"

func TestPut(t *testing.T) { new(Cache).Put("6 × 7", 42) }
