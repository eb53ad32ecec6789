package prog

import (
	"context"
	"testing"
)

func TestWatch(t *testing.T) { Watch(context.Background(), func() {}) }
