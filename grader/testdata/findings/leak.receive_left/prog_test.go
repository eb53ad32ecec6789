package prog

import "testing"

func TestParse(t *testing.T) { Parse("") }
