package prog

import "testing"

func TestFail(t *testing.T) { Fail() }
