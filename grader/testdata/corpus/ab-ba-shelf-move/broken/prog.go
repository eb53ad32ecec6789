package corpus

import "sync"

// Shelf holds articles in a warehouse.
type Shelf struct {
	mu    sync.Mutex
	stock map[string]int
}

// Warehouse is a row of shelves.
type Warehouse struct {
	shelves []*Shelf
}

// NewWarehouse builds n shelves with the same stock on each.
func NewWarehouse(n int, sku string, count int) *Warehouse {
	w := &Warehouse{}
	for range n {
		w.shelves = append(w.shelves, &Shelf{stock: map[string]int{sku: count}})
	}
	return w
}

// Move carries up to count articles from one shelf to another shelf and returns
// how many there were to carry.
func (w *Warehouse) Move(from, to int, sku string, count int) int {
	if from == to {
		return 0
	}
	src, dst := w.shelves[from], w.shelves[to]
	unlock := lock(src, dst)
	defer unlock()

	count = min(count, src.stock[sku])
	src.stock[sku] -= count
	dst.stock[sku] += count
	return count
}

// Count is the number of articles on all shelves.
func (w *Warehouse) Count(sku string) int {
	total := 0
	for _, s := range w.shelves {
		s.mu.Lock()
		total += s.stock[sku]
		s.mu.Unlock()
	}
	return total
}

// lock locks two shelves and returns what unlocks them.
func lock(a, b *Shelf) (unlock func()) {
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}
