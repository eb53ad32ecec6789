package prog

import (
	"runtime/debug"
	"testing"
)

func TestSum(t *testing.T) {
	debug.SetMaxStack(1 << 20)
	Sum(3)
}
