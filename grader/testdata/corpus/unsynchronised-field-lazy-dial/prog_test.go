package corpus

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

type echo struct{}

func (echo) Call(_ int, method string) (string, error) { return method + " ok", nil }

func TestCallsShareOneConnection(t *testing.T) {
	for range 3 {
		var dialled atomic.Int64
		c := NewClient(func() (Conn, error) {
			dialled.Add(1)
			return echo{}, nil
		})
		var wg sync.WaitGroup
		for caller := range 3 {
			wg.Go(func() {
				for n := range 3 {
					method := fmt.Sprintf("get/%d/%d", caller, n)
					if got, err := c.Call(method); got != method+" ok" || err != nil {
						t.Errorf("Call(%q) = %q, %v", method, got, err)
					}
				}
			})
		}
		wg.Wait()
		if n := dialled.Load(); n != 1 {
			t.Errorf("dialled %d times, want once", n)
		}
	}
}
