package prog

import "testing"

func TestTry(t *testing.T) { Try(func() error { return nil }) }
