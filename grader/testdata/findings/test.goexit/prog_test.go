package prog

import "testing"

func TestStop(t *testing.T) { Stop() }
