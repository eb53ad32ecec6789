package prog

import "testing"

func TestCount(t *testing.T) { Count(2) }
