package web

import (
	"errors"
	"net/http"
	"sync"
	"time"
)

// errUnderWay tells that a handler went on beyond every deadline of its connection.
var errUnderWay = errors.New("requests are still being answered")

// underWay is a handler that knows when it answers nothing any more, which
// [http.Server.Close] does not wait for.
type underWay struct {
	handler http.Handler

	mu    sync.Mutex
	n     int
	ended bool
	idle  chan struct{} // closed once it has ended and n is 0
}

func newUnderWay(h http.Handler) *underWay {
	return &underWay{handler: h, idle: make(chan struct{})}
}

// ServeHTTP answers, unless it has ended: then nobody is there to be answered.
func (u *underWay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !u.enter() {
		panic(http.ErrAbortHandler)
	}
	defer u.leave()
	u.handler.ServeHTTP(w, r)
}

func (u *underWay) enter() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if !u.ended {
		u.n++
	}
	return !u.ended
}

func (u *underWay) leave() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.n--; u.ended && u.n == 0 {
		close(u.idle)
	}
}

// end lets nothing more begin, and waits for what is under way. It is called once,
// when the connections are closed, which ends the contexts of their requests.
func (u *underWay) end(patience time.Duration) error {
	u.mu.Lock()
	u.ended = true
	if u.n == 0 {
		close(u.idle)
	}
	u.mu.Unlock()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-u.idle:
		return nil
	case <-late.C:
		return errUnderWay
	}
}
