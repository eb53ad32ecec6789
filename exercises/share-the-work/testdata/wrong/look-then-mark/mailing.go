package mailing

import "sync"

// SendAll calls send once for each address, from a fixed number of workers, and
// returns when all the calls have ended.
func SendAll(workers int, addresses []string, send func(address string)) {
	var mu sync.Mutex
	sent := make([]bool, len(addresses))
	isSent := func(i int) bool {
		mu.Lock()
		defer mu.Unlock()
		return sent[i]
	}
	mark := func(i int) {
		mu.Lock()
		defer mu.Unlock()
		sent[i] = true
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i, address := range addresses {
				if !isSent(i) {
					send(address)
					mark(i)
				}
			}
		})
	}
	wg.Wait()
}
