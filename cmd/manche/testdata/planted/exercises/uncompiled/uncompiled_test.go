package uncompiled

import "testing"

func TestDo(t *testing.T) { Undo() }
