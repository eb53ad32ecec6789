package prog

import "testing"

func TestDine(t *testing.T) { Dine() }
