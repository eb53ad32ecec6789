package prog

import (
	"context"
	"testing"
)

func TestDo(t *testing.T) { Do(context.Background(), func(context.Context) {}) }
