package prog

import "testing"

func TestCount(t *testing.T) { Count([]string{"a", "b"}, func(string) {}) }
