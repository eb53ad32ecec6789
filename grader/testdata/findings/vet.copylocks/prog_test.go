package prog

import "testing"

func TestValue(t *testing.T) { new(Counter).Value() }
