package prog

import (
	"context"
	"testing"
)

func TestFeed(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	Feed(ctx, nil, func() int { return 1 })
}
