package prog

import "testing"

func TestTake(t *testing.T) { new(Stock).Take() }
