package prog

import "testing"

func TestTable(t *testing.T) { _ = Table[0] }
