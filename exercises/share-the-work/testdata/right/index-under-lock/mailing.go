package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	var mu sync.Mutex
	take := func() (address string, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(addresses) == 0 {
			return "", false
		}
		address, addresses = addresses[0], addresses[1:]
		return address, true
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for address, ok := take(); ok; address, ok = take() {
				send(address)
			}
		})
	}
	wg.Wait()
}
