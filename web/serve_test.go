package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"manche/web"
)

// lingering is a handler that has something to do yet when its request is cut short.
type lingering struct {
	begun, served chan struct{} // closed when it has begun, and by Serve's end
	early         chan bool     // whether Serve ended first
}

func (l lingering) EndStreams() {}

func (l lingering) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	close(l.begun)
	<-r.Context().Done()
	select {
	case <-l.served:
		l.early <- true
	case <-time.After(100 * time.Millisecond): // what Serve must wait for
		l.early <- false
	}
}

// What a handler uses is closed when Serve returns: those that are cut short must
// have ended by then.
func TestServeWaitsForWhatItCutsShort(t *testing.T) {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	l := lingering{make(chan struct{}), make(chan struct{}), make(chan bool, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	asked := make(chan error, 1)
	go func() {
		var transport http.Transport
		defer transport.CloseIdleConnections()
		_, err := (&http.Client{Transport: &transport}).Get("http://" + ln.Addr().String() + "/")
		asked <- err
	}()
	go func() { <-l.begun; cancel() }()
	err = web.Serve(ctx, ln, l, time.Millisecond, slog.New(slog.DiscardHandler))
	close(l.served)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Serve returns %v, want %v", err, context.DeadlineExceeded)
	}
	if <-l.early {
		t.Error("Serve returned while a handler was at work")
	}
	if err := <-asked; err == nil {
		t.Error("a request that is cut short was answered")
	}
}
