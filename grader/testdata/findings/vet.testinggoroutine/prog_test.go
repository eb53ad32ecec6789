package prog

import "testing"

func TestCheck(t *testing.T) { Check(t, 2) }
