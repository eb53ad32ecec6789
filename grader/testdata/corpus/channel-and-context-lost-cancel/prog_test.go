package corpus

import (
	"context"
	"sync"
	"testing"
)

func TestOneLeaseForEachName(t *testing.T) {
	renew := make(chan struct{})
	leases := NewLeases(renew)
	var wg sync.WaitGroup
	for _, name := range []string{"disk", "port", "disk"} {
		wg.Go(func() { leases.Take(context.Background(), name) })
	}
	wg.Wait()
	renew <- struct{}{}
	if n := leases.Close(); n != 2 {
		t.Errorf("%d leases closed, want 2", n)
	}
}
