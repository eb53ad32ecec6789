package corpus

import (
	"sync"
	"testing"
)

func TestPanelFollowsTheBus(t *testing.T) {
	bus := new(Bus)
	panel := NewPanel(bus)
	var wg sync.WaitGroup
	for _, topic := range []string{"login", "logout"} {
		wg.Go(func() {
			for range 6 {
				bus.Publish(topic)
			}
		})
	}
	wg.Go(func() {
		for range 6 {
			if share := panel.Share("login"); share < 0 || share > 1 {
				t.Errorf("share of login is %g", share)
			}
		}
	})
	wg.Wait()
	if got := panel.Share("logout"); got != 0.5 {
		t.Errorf("share of logout is %g, want 0.5", got)
	}
}
