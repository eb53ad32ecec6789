package prog

import "testing"

func TestSound(t *testing.T) {}
