package prog

import "testing"

func TestPanics(t *testing.T) {
	t.Run("sub", func(*testing.T) { Panics() })
}

func TestParallel(t *testing.T) {
	t.Run("one", func(t *testing.T) { t.Parallel(); Leaks() })
	t.Run("two", func(t *testing.T) { t.Parallel() })
}

func TestSkips(t *testing.T) { t.Run("sub", func(t *testing.T) { t.Skip("later") }) }

func TestFails(t *testing.T) {
	t.Run("one", func(t *testing.T) {})
	t.Run("two", func(t *testing.T) {
		t.Error("one of two")
	})
}
