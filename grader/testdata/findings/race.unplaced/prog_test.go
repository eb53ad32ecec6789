package prog

import (
	"bytes"
	"testing"
)

func TestClear(t *testing.T) { Clear(new(bytes.Buffer)) }
