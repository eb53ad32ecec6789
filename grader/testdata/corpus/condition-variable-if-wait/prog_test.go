package corpus

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestWorkersTakeAllOrders(t *testing.T) {
	stack := NewStack()
	var workers sync.WaitGroup
	var done atomic.Int64
	for range 3 {
		workers.Go(func() {
			for _, ok := stack.Pop(); ok; _, ok = stack.Pop() {
				done.Add(1)
			}
		})
	}
	for range 8 {
		stack.Push("repair")
	}
	stack.Close()
	workers.Wait()
	if done.Load() != 8 {
		t.Errorf("%d of 8 orders done", done.Load())
	}
}
