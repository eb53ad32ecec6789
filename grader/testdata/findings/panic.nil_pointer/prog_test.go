package prog

import "testing"

func TestFind(t *testing.T) { Find(nil, "x") }
