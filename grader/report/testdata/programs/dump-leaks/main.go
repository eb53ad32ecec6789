package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
)

type store[K comparable] struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	values map[K]int
}

func (s *store[K]) wait(ready *sync.WaitGroup) {
	ready.Done()
	s.mu.Lock()
}

func (s store[K]) value() {}

func start(ready *sync.WaitGroup) {
	ready.Add(8)
	unsent, unread := make(chan int), make(chan [3]int)
	go func() { ready.Done(); unsent <- 1 }()
	go func(n int, words []string, text string) { ready.Done(); <-unread }(1, nil, "x")
	go func() {
		ready.Done()
		select {
		case unsent <- 2:
		case <-unread:
		}
	}()
	locked := &store[string]{}
	locked.mu.Lock()
	go locked.wait(ready)
	never := &sync.WaitGroup{}
	never.Add(1)
	go func() { ready.Done(); never.Wait() }()
	cond := sync.NewCond(&sync.Mutex{})
	go func() {
		cond.L.Lock()
		ready.Done()
		cond.Wait()
	}()
	go func() { ready.Done(); select {} }()
	reader := &store[int]{}
	reader.rw.Lock()
	go func() { ready.Done(); reader.rw.RLock() }()
}

func main() {
	var ready sync.WaitGroup
	start(&ready)
	ready.Wait()
	for range 100 {
		runtime.Gosched()
	}
	pprof.Lookup("goroutineleak").WriteTo(os.Stdout, 2)
}
