package corpus

import (
	"sync"
	"testing"
)

func TestResolveWhileFlushing(t *testing.T) {
	hosts := []string{"mail", "db", "www"}
	r := NewResolver(func(host string) string { return host + ".internal" })
	var wg sync.WaitGroup
	wg.Go(r.Flush)
	for range 2 {
		wg.Go(func() {
			for _, host := range hosts {
				if got, want := r.Resolve(host), host+".internal"; got != want {
					t.Errorf("Resolve(%q) = %q, want %q", host, got, want)
				}
			}
		})
	}
	wg.Wait()
}
