package corpus

import (
	"sync"
	"testing"
)

func TestFirstGetsTogether(t *testing.T) {
	for range 4 {
		c := NewConfig(func() string { return "# mail\nhost = mx.example\nport = 25\n" })
		start := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				<-start
				if host, port := c.Get("host"), c.Get("port"); host != "mx.example" || port != "25" {
					t.Errorf("host %q, port %q", host, port)
				}
			})
		}
		close(start)
		wg.Wait()
	}
}
