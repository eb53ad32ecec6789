package harness_test

// misbehaves is an answer with one function for each thing that can go wrong.
const misbehaves = `package answer

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func Nothing() {}

func Leak() { go func() { <-make(chan int) }() }

func LeakUnproven() {
	ctx, cancel := context.WithCancel(context.Background())
	keep = cancel
	go func() { <-ctx.Done() }()
}

var keep func()

func EndsSoon() {
	go func() {
		for range 100 {
			_ = fmt.Sprint(keep == nil)
		}
	}()
}

func Race() {
	n, done := 0, make(chan bool)
	go func() { n++; close(done) }()
	n++
	<-done
}

func Block() { <-make(chan int) }

func Spin() {
	for {
	}
}

func Wait() { <-time.After(time.Hour) }

func Panic() { panic(fmt.Errorf("my own")) }

func PanicText() { panic("text") }

func PanicElsewhere() { go func() { panic("elsewhere") }(); <-make(chan int) }

func NilMap() { var m map[string]int; m["x"] = 1 }

func Orders() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	ready := make(chan bool)
	take := func(first, second *sync.Mutex) {
		first.Lock()
		second.Lock()
		second.Unlock()
		first.Unlock()
	}
	wg.Go(func() { ready <- true; take(&a, &b) })
	wg.Go(func() { <-ready; take(&b, &a) })
	wg.Wait()
}

// OrdersByName has the second order only when the first one is over.
func OrdersByName() {
	var p pair
	there, over, done := make(chan bool), make(chan bool), make(chan bool)
	go p.reversed(there, over, done)
	<-there
	p.a.Lock()
	p.b.Lock()
	p.b.Unlock()
	p.a.Unlock()
	close(over)
	<-done
}

type pair struct{ a, b sync.Mutex }

func (p *pair) reversed(there, over, done chan bool) {
	there <- true
	<-over
	p.b.Lock()
	p.a.Lock()
	p.a.Unlock()
	p.b.Unlock()
	close(done)
}

func Scan() (int, string) {
	var text string
	n, _ := fmt.Scan(&text)
	return n, text
}
`
