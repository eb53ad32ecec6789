package corpus

import (
	"sync"
	"testing"
)

func TestSubscribersComeAndGo(t *testing.T) {
	hub := NewHub()
	var wg sync.WaitGroup
	for range 2 {
		sub := hub.Subscribe()
		wg.Go(func() {
			if got := <-sub.C; got != "up" {
				t.Errorf("first message is %q", got)
			}
			sub.Cancel()
		})
	}
	if got := hub.Publish("up"); got != 2 {
		t.Errorf("%d subscribers got the first message, want 2", got)
	}
	hub.Publish("down")
	wg.Wait()
	if got := hub.Publish("gone"); got != 0 {
		t.Errorf("%d subscribers after all have left", got)
	}
}
