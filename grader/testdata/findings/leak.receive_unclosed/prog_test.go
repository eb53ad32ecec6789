package prog

import "testing"

func TestStore(t *testing.T) { Store([]string{"a", "b"}, func(string) {}) }
