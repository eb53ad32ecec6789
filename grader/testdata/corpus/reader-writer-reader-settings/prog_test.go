package corpus

import (
	"strings"
	"sync"
	"testing"
)

func TestReferencesWhileSettingsChange(t *testing.T) {
	s := NewSettings(map[string]string{"root": "/srv", "logs": "${root}/log", "file": "${logs}/today"})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 6 {
				if got := s.Get("file"); !strings.HasSuffix(got, "/log/today") {
					t.Errorf("file is %q", got)
				}
			}
		})
	}
	wg.Go(func() {
		for _, root := range []string{"/data", "/tmp", "/srv", "/data"} {
			s.Set("root", root)
		}
	})
	wg.Wait()
	if got, want := s.Get("logs"), "/data/log"; got != want {
		t.Errorf("logs is %q, want %q", got, want)
	}
}
