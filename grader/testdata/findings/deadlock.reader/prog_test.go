package prog

import (
	"runtime"
	"testing"
)

func TestBoth(t *testing.T) {
	s := &Settings{values: make(map[string]string)}
	s.Both("host", "port", func() {
		go s.Set("port", "80")
		for s.mu.TryRLock() { // until the writer waits
			s.mu.RUnlock()
			runtime.Gosched()
		}
	})
}
