package sample

import (
	"context"
	"sync"
	"time"
)

type hub struct {
	mu      sync.Mutex
	rw      sync.RWMutex
	out     chan int
	done    chan struct{}
	subs    []chan int
	slots   chan struct{}
	n       int
	counted map[string]int
}

func newHub(n int) *hub {
	return &hub{out: make(chan int, n), done: make(chan struct{}), slots: make(chan struct{}, n)}
}

func (h *hub) send(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
	h.out <- n // want sendlocked
}

func (h *hub) receive() int {
	h.mu.Lock()
	n := <-h.out // want sendlocked
	h.n = n
	h.mu.Unlock()
	return n
}

func (h *hub) choose(ctx context.Context, n int) {
	h.rw.RLock()
	defer h.rw.RUnlock()
	select { // want sendlocked
	case h.out <- n:
	case <-ctx.Done():
	}
}

func (h *hub) broadcast(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.subs {
		c <- n // want sendlocked
	}
}

func (h *hub) drain() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for n := range h.out { // want sendlocked
		h.n += n
	}
}

func (h *hub) stop() {
	h.mu.Lock()
	if h.n == 0 {
		h.mu.Unlock()
		return
	}
	close(h.out)
	<-h.done // want sendlocked
	h.mu.Unlock()
}

func (h *hub) pause(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	<-time.After(d) // want sendlocked
}

func (h *hub) lazily(work func() int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	result := make(chan int)
	go func() {
		n := work()
		h.mu.Lock()
		h.n = n
		h.mu.Unlock()
		result <- n
	}()
	return <-result // want sendlocked
}

func (h *hub) inGoroutine(in chan string) {
	go func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.counted[<-in]++ // want sendlocked
	}()
}

// What follows waits without a lock, or does not wait.

func (h *hub) outside(n int) {
	h.mu.Lock()
	h.n++
	h.mu.Unlock()
	h.out <- n
}

func (h *hub) offers(n int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case h.out <- n:
		return true
	default:
		return false
	}
}

func (h *hub) maybeLocked(locked bool, n int) {
	if locked {
		h.mu.Lock()
	}
	h.out <- n
	if locked {
		h.mu.Unlock()
	}
}

func (h *hub) relocks() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.n == 0 {
		h.mu.Unlock()
		n := <-h.out
		h.mu.Lock()
		h.n += n
	}
	return h.n
}

func (h *hub) releases() {
	h.n = 0
	h.mu.Unlock()
}

func (h *hub) byHelper() int {
	h.mu.Lock()
	h.releases()
	return <-h.out
}

func (h *hub) snapshot() <-chan int {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := make(chan int, 1)
	c <- h.n
	close(c)
	return c
}

func (h *hub) filled() <-chan int {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := make(chan int, len(h.subs))
	for range h.subs {
		c <- h.n
	}
	close(c)
	return c
}

func (h *hub) sendsLater(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	go func() { h.out <- n }()
}

func (h *hub) handler() func(int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return func(n int) { h.out <- n }
}

func (h *hub) tokenBack() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n--
	<-h.slots
}

func (h *hub) roomKnown(n int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.out) == cap(h.out) {
		return false
	}
	h.out <- n
	return true
}

func (h *hub) closedFirst() (sum int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.out)
	for n := range h.out {
		sum += n
	}
	return sum
}

func (h *hub) forkJoin(work func(int) int) (sum int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	parts := make(chan int)
	for n := range h.n {
		go func() { parts <- work(n) }()
	}
	for range h.n {
		sum += <-parts
	}
	return sum
}

type request struct {
	name  string
	reply chan int
}

func (h *hub) answer(r request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.reply <- h.counted[r.name]
}

func (h *hub) ask(name string, to chan request) int {
	r := request{name: name, reply: make(chan int, 1)}
	to <- r
	return <-r.reply
}

func before(h *hub) {
	n := <-h.out
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n = n
}

func other(h *hub, mu sync.Locker) {
	h.out <- 1
	mu.Lock()
	h.n++
	mu.Unlock()
}

func (h *hub) someoneUnlocks(f func(func())) {
	h.rw.Lock()
	f(func() { h.rw.Unlock() })
	<-h.done
}

func (h *hub) condition(c *sync.Cond) {
	c.L.Lock()
	for h.n == 0 {
		c.Wait()
	}
	c.L.Unlock()
}
