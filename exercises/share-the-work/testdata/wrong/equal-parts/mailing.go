package mailing

import (
	"slices"
	"sync"
)

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	size := max(1, (len(addresses)+workers-1)/workers)
	var wg sync.WaitGroup
	for part := range slices.Chunk(addresses, size) {
		wg.Go(func() {
			for _, address := range part {
				send(address)
			}
		})
	}
	wg.Wait()
}
