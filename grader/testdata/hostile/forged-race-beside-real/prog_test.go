package prog

import "testing"

func TestForge(t *testing.T) { Forge() }
