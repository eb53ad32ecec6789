package corpus

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestAllParcelsAreDelivered(t *testing.T) {
	const crews, each = 4, 5
	belt := NewBelt(1)
	var wg sync.WaitGroup
	var packed, delivered atomic.Int64
	for crew := range crews {
		wg.Go(func() {
			for i := range each {
				parcel := crew*each + i + 1
				belt.Put(parcel)
				packed.Add(int64(parcel))
			}
		})
		wg.Go(func() {
			for range each {
				delivered.Add(int64(belt.Take()))
			}
		})
	}
	wg.Wait()
	if packed.Load() != delivered.Load() {
		t.Errorf("parcels worth %d packed, %d delivered", packed.Load(), delivered.Load())
	}
}
