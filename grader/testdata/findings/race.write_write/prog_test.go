package prog

import "testing"

func TestCompare(t *testing.T) { new(Best).Compare(3, 2) }
