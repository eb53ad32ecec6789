package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	next := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for address := range next {
				send(address)
			}
		})
	}
	for _, address := range addresses {
		next <- address
	}
	close(next)
	wg.Wait()
}
