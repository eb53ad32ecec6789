package prog

import "testing"

func TestTwo(t *testing.T) { Two() }
