package corpus

import (
	"errors"
	"testing"
)

func TestPollerStops(t *testing.T) {
	eof := errors.New("no such page")
	poller := StartPoller(func(page int) error {
		if page == 3 {
			return eof
		}
		return nil
	})
	for range 4 {
		poller.Poke()
	}
	pages, err := poller.Stop()
	if pages > 3 {
		t.Errorf("%d pages, there are only 3", pages)
	}
	if err != nil && !errors.Is(err, eof) {
		t.Errorf("Stop: %v", err)
	}
}
