package corpus

import (
	"sync"
	"testing"
)

func TestRenderInParallel(t *testing.T) {
	const clients, times = 4, 5
	templates := NewTemplates()
	templates.Set("greeting", "Hello, {}.")
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for range times {
				if got, err := templates.Render("greeting", "Ada"); got != "Hello, Ada." || err != nil {
					t.Errorf("Render = %q, %v", got, err)
				}
			}
		})
	}
	wg.Wait()
	if got := templates.Hits("greeting"); got != clients*times {
		t.Errorf("Hits = %d, want %d", got, clients*times)
	}
}
