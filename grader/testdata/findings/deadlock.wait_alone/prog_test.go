package prog

import "testing"

func TestAll(t *testing.T) { All(func() {}) }
