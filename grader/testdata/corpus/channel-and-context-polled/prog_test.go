package corpus

import (
	"context"
	"errors"
	"testing"
)

func TestBuildMayBeCancelled(t *testing.T) {
	index := NewIndex()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		documents := [][]string{{"go", "chan"}, {"go"}, {"select", "go"}, {"go", "defer"}}
		ended <- index.Build(ctx, 2, documents)
	}()
	busy := NewIndex()
	if err := busy.Build(context.Background(), 2, [][]string{{"a"}, {"b", "a"}, {"a"}}); err != nil {
		t.Errorf("Build: %v", err)
	}
	cancel()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled Build: %v", err)
	}
	if n := index.Count("go"); n > 4 {
		t.Errorf("%d times go, at most 4 are there", n)
	}
}
