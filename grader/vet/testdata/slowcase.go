package sample

import (
	"context"
	"sync"
	"time"
)

func fromParameter(ctx context.Context, out chan int, work func() int) {
	select {
	case out <- work(): // want slowcase
	case <-ctx.Done():
	}
}

func inLiteral(ctx context.Context, out chan [2]int, work func() int) {
	for {
		select {
		case out <- [2]int{1, work()}: // want slowcase
		case <-ctx.Done():
			return
		}
	}
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

func fromDeclared(out chan int, list []int, stop chan struct{}) {
	select {
	case out <- sum(list): // want slowcase
	case <-stop:
	}
}

func start(ctx context.Context, in chan int) chan int {
	out := make(chan int, 1)
	select {
	case v := <-in:
		out <- v
	case <-ctx.Done():
	}
	return out
}

func operand(ctx context.Context, in chan int) int {
	select {
	case r := <-start(ctx, in): // want slowcase
		return r
	case <-time.After(time.Second):
		return 0
	}
}

func askParameter(ctx context.Context, ask func(context.Context) <-chan int) int {
	select {
	case r, ok := <-ask(ctx): // want slowcase
		_ = ok
		return r
	case <-ctx.Done():
		return 0
	}
}

func receiveInside(out, in chan int, stop chan struct{}) {
	select {
	case out <- <-in: // want slowcase
	case <-stop:
	}
}

func sleepy() int {
	time.Sleep(time.Second)
	return 1
}

func indirect(n int) int { return sleepy() + n }

func throughCall(out chan int, stop chan struct{}) {
	select {
	case out <- indirect(2): // want slowcase
	case <-stop:
	}
}

type source interface{ Next() int }

func fromInterface(out chan int, s source, stop chan struct{}) {
	select {
	case <-stop:
	case out <- s.Next(): // want slowcase
	}
}

func closure(out chan int, stop chan struct{}, in chan int) {
	next := func() int { return <-in }
	select {
	case out <- next(): // want slowcase
	case <-stop:
	}
}

// What follows is sound.

func ready(ctx context.Context, out chan int, work func() int) {
	n := work()
	select {
	case out <- n:
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

// poll does not wait, so there is nothing to hear.
func poll(out chan int, work func() int) bool {
	select {
	case out <- work():
		return true
	default:
		return false
	}
}

func alone(out chan int, work func() int) {
	select {
	case out <- work():
	}
}

type number int

type box struct {
	mu   sync.Mutex
	n    int
	done chan struct{}
}

func (b *box) Done() <-chan struct{} { return b.done }

func (b *box) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	return b.n
}

func converted(b *box, out chan number, list []int) {
	select {
	case out <- number(len(list)):
	case <-b.Done():
	}
}

func quickMethod(b *box, out chan int) {
	select {
	case out <- b.count():
	case <-b.Done():
	}
}

type stopper interface {
	Done() <-chan struct{}
}

func accessor(s stopper, out chan int, stopped func() <-chan struct{}) {
	select {
	case out <- 1:
	case <-s.Done():
	case <-stopped():
	}
}

// begin returns at once: the work is done by its goroutine.
func begin(list []int) <-chan int {
	out := make(chan int, 1)
	go func() {
		out <- sum(list)
	}()
	return out
}

func started(list []int, stop chan struct{}) int {
	select {
	case n := <-begin(list):
		return n
	case <-stop:
		return 0
	}
}

func function(out chan func() int, work func() int, stop chan struct{}) {
	select {
	case out <- func() int { return work() }:
	case <-stop:
	}
}

func quickClosure(out chan int, stop chan struct{}) {
	n := 0
	next := func() int { n++; return n }
	select {
	case out <- next():
	case <-stop:
	}
}

func clock(out chan time.Time, limit <-chan time.Time, err error, text chan string) {
	select {
	case out <- time.Now().Add(time.Second):
	case text <- err.Error():
	case <-limit:
	}
}

func inBody(in chan int, stop chan struct{}, work func(int)) {
	select {
	case n := <-in:
		work(n)
	case <-stop:
	}
}
