package prog

import (
	"context"
	"testing"
)

func TestServe(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	Serve(ctx, func() {})
	cancel()
}
