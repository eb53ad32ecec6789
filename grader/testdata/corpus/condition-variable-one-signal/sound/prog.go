package corpus

import "sync"

// Belt carries parcels between packers and drivers. It has room for a few.
type Belt struct {
	mu      sync.Mutex
	changed *sync.Cond
	parcels []int
	room    int
}

// NewBelt returns a belt with room for that many parcels.
func NewBelt(room int) *Belt {
	b := &Belt{room: room}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// Put waits for room and puts a parcel on the belt.
func (b *Belt) Put(parcel int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.parcels) == b.room {
		b.changed.Wait()
	}
	b.parcels = append(b.parcels, parcel)
	b.changed.Broadcast()
}

// Take waits for a parcel and takes it from the belt.
func (b *Belt) Take() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.parcels) == 0 {
		b.changed.Wait()
	}
	parcel := b.parcels[0]
	b.parcels = b.parcels[1:]
	b.changed.Broadcast()
	return parcel
}
