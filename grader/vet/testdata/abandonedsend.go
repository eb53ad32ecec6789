package sample

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

func timeout(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int)
	go func() {
		answer <- lookup() // want abandonedsend
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, errors.New("late")
	}
}

func cancelled(ctx context.Context, lookup func() int) int {
	answer := make(chan int, 0)
	go func() {
		n := lookup()
		select {
		case answer <- n: // want abandonedsend
		}
	}()
	select {
	case n := <-answer:
		return n
	case <-ctx.Done():
	}
	return 0
}

func poll(lookup func() int) (n int) {
	answer := make(chan int)
	go func() { answer <- lookup() }() // want abandonedsend
	select {
	case n = <-answer:
	default:
	}
	return n
}

func returnsBefore(check func() error, lookup func() int) (int, error) {
	var answer = make(chan int)
	go func() { answer <- lookup() }() // want abandonedsend
	if err := check(); err != nil {
		return 0, err
	}
	return <-answer, nil
}

func nobody(lookup func() int) {
	answer := make(chan int)
	go func() {
		answer <- lookup() // want abandonedsend
	}()
}

type reply struct {
	n   int
	err error
}

func firstOfMany(ask []func() (int, error)) (int, error) {
	replies := make(chan reply)
	for _, ask := range ask {
		go func() {
			n, err := ask()
			replies <- reply{n, err} // want abandonedsend
		}()
	}
	err := errors.New("nobody")
	for range ask {
		r := <-replies
		if r.err == nil {
			return r.n, nil
		}
		err = r.err
	}
	return 0, err
}

func oneOfMany(ask []func() int) int {
	replies := make(chan int)
	for _, ask := range ask {
		go func() {
			replies <- ask() // want abandonedsend
		}()
	}
	return <-replies
}

func oneOfTwo(a, b func() int) int {
	replies := make(chan int)
	go func() { replies <- a() }() // want abandonedsend
	go func() { replies <- b() }()
	return <-replies
}

func breaksOff(list []int, limit int) int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, n := range list {
			out <- n // want abandonedsend
		}
	}()
	for n := range out {
		if n > limit {
			return n
		}
	}
	return 0
}

func takeSome(k int) (got []int) {
	out := make(chan int)
	go func() {
		for n := 0; ; n++ {
			out <- n // want abandonedsend
		}
	}()
	for n := range out {
		got = append(got, n)
		if len(got) == k {
			break
		}
	}
	return got
}

func anewEachRound(tries int, limit time.Duration, lookup func() int) int {
	for range tries {
		answer := make(chan int)
		go func() { answer <- lookup() }() // want abandonedsend
		select {
		case n := <-answer:
			return n
		case <-time.After(limit):
		}
	}
	return 0
}

func firstError(checks []func() error) error {
	ok, failed := make(chan bool), make(chan error)
	for _, check := range checks {
		go func() {
			if err := check(); err != nil {
				failed <- err // want abandonedsend
				return
			}
			ok <- true // want abandonedsend
		}()
	}
	for range checks {
		select {
		case <-ok:
		case err := <-failed:
			return err
		}
	}
	return nil
}

func inGroup(ctx context.Context, wg *sync.WaitGroup, lookup func() int) int {
	answer := make(chan int)
	wg.Go(func() {
		answer <- lookup() // want abandonedsend
	})
	select {
	case n := <-answer:
		return n
	case <-ctx.Done():
		return 0
	}
}

// What follows is sound, or belongs to somebody else.

func buffered(limit time.Duration, lookup func() int) int {
	answer := make(chan int, 1)
	go func() { answer <- lookup() }()
	select {
	case n := <-answer:
		return n
	case <-time.After(limit):
		return 0
	}
}

func hearsTheEnd(ctx context.Context, lookup func() int) int {
	answer := make(chan int)
	go func() {
		n := lookup()
		select {
		case answer <- n:
		case <-ctx.Done():
		}
	}()
	select {
	case n := <-answer:
		return n
	case <-ctx.Done():
		return 0
	}
}

func drains(limit time.Duration, lookup func() int) int {
	answer := make(chan int)
	go func() { answer <- lookup() }()
	select {
	case n := <-answer:
		return n
	case <-time.After(limit):
		go func() { <-answer }()
		return 0
	}
}

func fails(t *testing.T, lookup func() int) {
	answer := make(chan int)
	go func() { answer <- lookup() }()
	select {
	case <-answer:
	case <-time.After(time.Second):
		t.Fatal("late")
	}
}

func drainsDeferred(check func() error, lookup func() int) error {
	answer := make(chan int)
	go func() { answer <- lookup() }()
	defer func() { <-answer }()
	return check()
}

func receivesLater(limit time.Duration, lookup func() int) int {
	answer := make(chan int)
	go func() { answer <- lookup() }()
	select {
	case n := <-answer:
		return n
	case <-time.After(limit):
	}
	return -<-answer
}

func eitherChannel(work func() (int, error)) (int, error) {
	result, failed := make(chan int), make(chan error)
	go func() {
		n, err := work()
		if err != nil {
			failed <- err
			return
		}
		result <- n
	}()
	select {
	case n := <-result:
		return n, nil
	case err := <-failed:
		return 0, err
	}
}

func all(ask []func() int) (sum int) {
	replies := make(chan int)
	for _, ask := range ask {
		go func() { replies <- ask() }()
	}
	for range ask {
		sum += <-replies
	}
	return sum
}

func counted(ask []func() int) (got []int) {
	replies := make(chan int)
	for _, ask := range ask {
		go func() { replies <- ask() }()
	}
	for n := range replies {
		got = append(got, n)
		if len(got) == len(ask) {
			return got
		}
	}
	return got
}

func countedDown(ask []func() int) (sum int) {
	replies := make(chan int)
	left := 0
	for _, ask := range ask {
		left++
		go func() { replies <- ask() }()
	}
	for {
		sum += <-replies
		left--
		if left == 0 {
			return sum
		}
	}
}

func both(a, b func() int) int {
	replies := make(chan int)
	go func() { replies <- a() }()
	go func() { replies <- b() }()
	return <-replies + <-replies
}

func oneByOne(ask []func() int, limit int) int {
	replies := make(chan int)
	for _, ask := range ask {
		go func() { replies <- ask() }()
		if n := <-replies; n > limit {
			return n
		}
	}
	return 0
}

func closedByWaiter(ask []func() int) (sum int) {
	replies := make(chan int)
	var wg sync.WaitGroup
	for _, ask := range ask {
		wg.Go(func() { replies <- ask() })
	}
	go func() {
		wg.Wait()
		close(replies)
	}()
	for n := range replies {
		sum += n
	}
	return sum
}

func sameCondition(ahead bool, lookup func() int) int {
	answer := make(chan int)
	if ahead {
		go func() { answer <- lookup() }()
	}
	if ahead {
		return <-answer
	}
	return lookup()
}

func stage(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			out <- n * n
		}
	}()
	return out
}

func consume(in <-chan int) int { return <-in }

func passedOn(lookup func() int) int {
	answer := make(chan int)
	go func() { answer <- lookup() }()
	return consume(answer)
}

func doneFirst(work func() int, stop chan struct{}) int {
	progress, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		progress <- work()
	}()
	for {
		select {
		case <-progress:
		case <-done:
			return 1
		}
	}
}

func toGoroutine(jobs []int, work func(int)) {
	queue := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		for job := range queue {
			work(job)
		}
	})
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	wg.Wait()
}

func whole(list []int) (sum int) {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, n := range list {
			out <- n
		}
	}()
	for n := range out {
		if n < 0 {
			continue
		}
		sum += n
	}
	return sum
}
