package prog

import "testing"

func TestLoad(t *testing.T) { Load("fr") }
