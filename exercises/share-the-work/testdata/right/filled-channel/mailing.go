package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	next := make(chan string, len(addresses))
	for _, address := range addresses {
		next <- address
	}
	close(next)
	var wg sync.WaitGroup
	wg.Add(workers)
	for range workers {
		go func() {
			defer wg.Done()
			for address := range next {
				send(address)
			}
		}()
	}
	wg.Wait()
}
