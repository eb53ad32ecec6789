package sample

import (
	"context"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c counter) value() int { // want copylocks
	return c.n
}

func lost(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx) // want lostcancel
	return ctx
}

func addInside(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want waitgroup
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

func empty(c *counter) {
	c.mu.Lock()
	c.mu.Unlock() // want emptysection
	c.n++
}

func leave(in chan int) {
	for {
		select {
		case <-in:
			break // want breakselect
		}
	}
}

func spin(in chan int) int {
	for {
		select {
		case n := <-in:
			return n
		default: // want spin
		}
	}
}

func held(in chan *counter) {
	for c := range in {
		c.mu.Lock()
		defer c.mu.Unlock() // want deferrange
	}
}
