package broken

import "testing"

func TestDo(t *testing.T {}
