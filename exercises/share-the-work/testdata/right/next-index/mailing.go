package mailing

import (
	"sync"
	"sync/atomic"
)

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(addresses) {
					return
				}
				send(addresses[i])
			}
		})
	}
	wg.Wait()
}
