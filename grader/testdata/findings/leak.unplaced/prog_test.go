package prog

import (
	"context"
	"testing"
)

func TestServe(t *testing.T) { Serve(func(context.Context) {}) }
