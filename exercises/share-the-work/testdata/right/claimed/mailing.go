package mailing

import (
	"sync"
	"sync/atomic"
)

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	claimed := make([]atomic.Bool, len(addresses))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i, address := range addresses {
				if claimed[i].CompareAndSwap(false, true) {
					send(address)
				}
			}
		})
	}
	wg.Wait()
}
