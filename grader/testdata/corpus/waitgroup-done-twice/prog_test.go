package corpus

import (
	"strings"
	"testing"
)

func TestWarm(t *testing.T) {
	keys := []string{"fr", "de", "fr", "it", "fr", "de"}
	for range 4 {
		w := NewWarmer(strings.ToUpper)
		w.Warm(keys...)
		for _, key := range keys {
			if got, ok := w.Get(key); !ok || got != strings.ToUpper(key) {
				t.Errorf("Get(%q) = %q, %v", key, got, ok)
			}
		}
		if n := w.Wasted(); n > 3 {
			t.Errorf("%d fetches wasted, want at most 3", n)
		}
	}
}
