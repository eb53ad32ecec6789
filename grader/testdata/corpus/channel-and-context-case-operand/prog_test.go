package corpus

import (
	"context"
	"slices"
	"testing"
)

func TestRelayPassesOn(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in := make(chan string, 3)
	in <- "one"
	in <- "two"
	in <- "three"

	var relay Relay
	got := Collect(relay.Run(ctx, in), 3)
	if want := []string{"one", "two", "three"}; !slices.Equal(got, want) {
		t.Errorf("received %q, want %q", got, want)
	}
	if n := relay.Passed(); n != 3 {
		t.Errorf("%d messages passed on, want 3", n)
	}
}
