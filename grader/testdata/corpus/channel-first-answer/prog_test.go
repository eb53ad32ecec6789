package corpus

import (
	"context"
	"errors"
	"testing"
)

func TestFastestReturnsAGoodAnswer(t *testing.T) {
	down := errors.New("down")
	broken := func(context.Context, string) (string, error) { return "", down }
	quick := func(_ context.Context, query string) (string, error) { return "re: " + query, nil }
	slow := func(ctx context.Context, _ string) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	}

	got, err := Fastest(context.Background(), "ping", broken, slow, quick)
	if got != "re: ping" || err != nil {
		t.Errorf("Fastest = %q, %v", got, err)
	}
	if _, err = Fastest(context.Background(), "ping", broken, broken); !errors.Is(err, down) {
		t.Errorf("with all replicas down: error %v", err)
	}
}
