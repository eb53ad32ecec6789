package corpus

import (
	"sync"
	"testing"
)

func TestBorrowersShareBuffers(t *testing.T) {
	buffers := NewBuffers(2, 64)
	var wg sync.WaitGroup
	for id := range 3 {
		wg.Go(func() {
			for range 6 {
				buf := buffers.Borrow()
				if len(buf.Data) != 0 {
					t.Errorf("borrowed a buffer with %d bytes in it", len(buf.Data))
				}
				buf.Data = append(buf.Data, byte(id))
				buffers.Return(buf)
			}
		})
	}
	wg.Wait()
	if n := buffers.Lent(); n != 0 {
		t.Errorf("%d buffers still lent", n)
	}
}
