package prog

import "testing"

func TestLast(t *testing.T) { Last(nil) }
