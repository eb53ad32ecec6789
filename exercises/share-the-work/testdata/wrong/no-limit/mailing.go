package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	var wg sync.WaitGroup
	for _, address := range addresses {
		wg.Go(func() { send(address) })
	}
	wg.Wait()
}
