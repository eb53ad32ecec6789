package corpus

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestCloseWaitsForAcceptedJobs(t *testing.T) {
	for range 4 {
		p := NewPool(2)
		connected := true // what the jobs need, and goes away after Close
		var accepted atomic.Int64
		var clients sync.WaitGroup
		for range 3 {
			clients.Go(func() {
				for range 5 {
					err := p.Submit(func() {
						if !connected {
							t.Error("a job ran after Close")
						}
					})
					if err != nil {
						return
					}
					accepted.Add(1)
				}
			})
		}
		ran := p.Close()
		connected = false
		clients.Wait()
		if want := int(accepted.Load()); ran != want {
			t.Errorf("%d jobs ran, want %d", ran, want)
		}
	}
}
