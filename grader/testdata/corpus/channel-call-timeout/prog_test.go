package corpus

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestCallsAndCancels(t *testing.T) {
	client := NewClient(func(request string) (string, error) { return strings.ToUpper(request), nil })
	for range 6 {
		ctx, cancel := context.WithCancel(context.Background())
		go cancel()
		got, err := client.Call(ctx, "hello")
		if err == nil && got != "HELLO" {
			t.Errorf("Call = %q", got)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Call: %v", err)
		}
	}
	if share := client.GivenUp(); share < 0 || share > 1 {
		t.Errorf("share given up: %g", share)
	}
}
