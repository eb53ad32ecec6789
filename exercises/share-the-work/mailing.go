// Package mailing sends one letter to many addresses.
package mailing

import "sync"

// SendAll calls send exactly once for each element of addresses, from a fixed
// number of workers, at least one, and returns when all the calls have ended. A
// worker takes the next address as soon as it is free.
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
