package prog

import "testing"

func TestStart(t *testing.T) { Start() }
