package prog

import "testing"

func TestTable(t *testing.T) { Table[0] = 1 }
