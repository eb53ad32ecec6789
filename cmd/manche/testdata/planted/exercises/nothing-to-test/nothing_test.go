package nothing

import "testing"

func TestDo(t *testing.T) {}
