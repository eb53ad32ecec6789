package prog

import (
	"bytes"
	"testing"
)

func TestSwap(t *testing.T) { Swap(bytes.NewBufferString("hello")) }
