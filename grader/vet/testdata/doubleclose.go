package sample

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

func straight(out chan int) {
	close(out)
	close(out) // want doubleclose
}

func deferredAndDirect(check func() error) error {
	done := make(chan struct{})
	defer close(done)
	if err := check(); err != nil {
		close(done) // want doubleclose
		return err
	}
	return nil
}

func deferredLiteralAndDirect(in <-chan int, out chan int) {
	defer func() {
		close(out)
	}()
	for n := range in {
		out <- n
	}
	close(out) // want doubleclose
}

func errorFallsThrough(out chan int, check func() error) {
	if err := check(); err != nil {
		close(out)
	}
	close(out) // want doubleclose
}

type feed struct {
	out  chan int
	quit chan struct{}
	once sync.Once
}

func (f *feed) fields(err error) {
	defer close(f.out)
	if err != nil {
		close(f.quit)
		close(f.out) // want doubleclose
	}
}

func eachWorker(jobs <-chan int, workers int) <-chan int {
	out := make(chan int)
	for range workers {
		go func() {
			defer close(out) // want doubleclose
			for job := range jobs {
				out <- job
			}
		}()
	}
	return out
}

func eachOfGroup(jobs <-chan int, workers int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for job := range jobs {
				out <- job
			}
			close(out) // want doubleclose
		})
	}
	return out
}

func worker(jobs <-chan int, out chan<- int) {
	defer close(out) // want doubleclose
	for job := range jobs {
		out <- job
	}
}

func namedWorkers(jobs <-chan int) <-chan int {
	out := make(chan int)
	for i := 0; i < 4; i++ {
		go worker(jobs, out)
	}
	return out
}

func (f *feed) pump(in <-chan int) {
	for n := range in {
		f.out <- n
	}
	close(f.out) // want doubleclose
}

func (f *feed) run(ins []<-chan int) {
	for _, in := range ins {
		go f.pump(in)
	}
}

func eachRound(in <-chan int, done chan struct{}) {
	for range in {
		close(done) // want doubleclose
	}
}

func goroutineAndFunction(work func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	work()
	close(done) // want doubleclose
}

// What follows closes once.

func branches(out chan int, err error) {
	if err != nil {
		close(out)
		return
	}
	out <- 1
	close(out)
}

func exclusive(out chan int, err error, late bool) {
	if err != nil {
		close(out)
	} else if late {
		close(out)
	}
}

func sameConditions(out chan int, err error) {
	if err != nil {
		close(out)
	}
	if err == nil {
		out <- 1
		close(out)
	}
}

func unrelated(out chan int, a, b func() bool) {
	if a() {
		close(out)
	}
	if b() {
		close(out)
	}
}

func flagged(in <-chan int, out chan int) {
	closed := false
	for n := range in {
		if n < 0 && !closed {
			close(out)
			closed = true
		}
	}
	if !closed {
		close(out)
	}
}

func madeAnew() {
	done := make(chan struct{})
	close(done)
	done = make(chan struct{})
	close(done)
}

func madeInLoop(n int) {
	for range n {
		done := make(chan struct{})
		if n%2 == 0 {
			close(done)
			continue
		}
		close(done)
	}
}

func each(subscribers map[string]chan int) {
	for name, c := range subscribers {
		delete(subscribers, name)
		close(c)
	}
}

func (f *feed) stop() {
	f.once.Do(func() { close(f.quit) })
	f.once.Do(func() { close(f.quit) })
}

func (f *feed) stopOnce() {
	close(f.quit)
	select {
	case <-f.quit:
	default:
		close(f.quit)
	}
}

func lastWorker(jobs <-chan int, workers int) <-chan int {
	out := make(chan int)
	var left atomic.Int64
	left.Store(int64(workers))
	for range workers {
		go func() {
			for job := range jobs {
				out <- job
			}
			if left.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	return out
}

func ownChannels(lists [][]int) (outs []<-chan int) {
	for _, list := range lists {
		out := make(chan int)
		go func() {
			defer close(out)
			for _, n := range list {
				out <- n
			}
		}()
		outs = append(outs, out)
	}
	return outs
}

func single(jobs <-chan int) <-chan int {
	out := make(chan int)
	for range 1 {
		go func() {
			defer close(out)
			for job := range jobs {
				out <- job
			}
		}()
	}
	return out
}

func leaves(in <-chan int, done chan struct{}) {
	for n := range in {
		if n > 0 {
			close(done)
			break
		}
	}
}

func firstRoundOnly(in <-chan int, done chan struct{}) int {
	for n := range in {
		close(done)
		return n
	}
	return 0
}

func panics(out chan int, err error) {
	defer close(out)
	if err != nil {
		panic(errors.Join(err, context.Canceled))
	}
}

func several() (a, b chan int) {
	a, b = make(chan int), make(chan int)
	close(a)
	close(b)
	return a, b
}

func stageOf(in <-chan int) <-chan int {
	out := make(chan int)
	go relay(in, out)
	return out
}

func relay(in <-chan int, out chan<- int) {
	defer close(out)
	for n := range in {
		out <- n
	}
}

func chain(in <-chan int, stages int) <-chan int {
	for range stages {
		out := make(chan int)
		go relay(in, out)
		in = out
	}
	return in
}
