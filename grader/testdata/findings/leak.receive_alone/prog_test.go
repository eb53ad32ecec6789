package prog

import "testing"

func TestBackground(t *testing.T) { Background(func() {}) }
