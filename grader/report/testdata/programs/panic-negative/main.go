package main

import "sync"

func main() { fail() }

func fail() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Done()
}
