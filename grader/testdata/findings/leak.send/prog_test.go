package prog

import "testing"

func TestNumbers(t *testing.T) { <-Numbers(3) }
