package prog

import "testing"

func TestGarbage(t *testing.T) { Garbage() }

func TestSound(t *testing.T) {}
