package main

import "sync"

func main() { fail() }

func fail() {
	var mu sync.RWMutex
	mu.Unlock()
}
