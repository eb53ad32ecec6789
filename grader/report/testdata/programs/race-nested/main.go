package main

import "sync"

func main() {
	m := make(map[string]int)
	var wg sync.WaitGroup
	start := func(key string) {
		wg.Go(func() { m[key] = 1 })
	}
	wg.Go(func() { start("a"); start("b") })
	wg.Wait()
}
