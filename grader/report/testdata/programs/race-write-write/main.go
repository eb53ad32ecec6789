package main

import "sync"

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

func main() {
	var c counter
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.inc()
		}()
	}
	wg.Wait()
}
