package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	next := 0
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for next < len(addresses) {
				address := addresses[next]
				next++
				send(address)
			}
		})
	}
	wg.Wait()
}
