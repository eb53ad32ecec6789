package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	places := make(chan struct{}, workers)
	var wg sync.WaitGroup
	for _, address := range addresses {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			send(address)
		})
	}
	wg.Wait()
}
