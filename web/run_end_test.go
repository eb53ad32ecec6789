package web_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"manche/grader"
	"manche/web"
)

func TestRunEndsWithItsClient(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	_, leave := s.run(t, hello)
	<-g.begun
	leave()
	if err := <-g.stopped; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped by %v, want %v", err, context.Canceled)
	}
	stream, _ := s.run(t, hello) // and its place is free
	<-g.begun
	close(g.end)
	for e, ok := stream.more(t); ok; e, ok = stream.more(t) {
		if e.name == "result" {
			return
		}
	}
	t.Error("the next program has no result")
}

// A server that stops stops its programs, and waits for them.
func TestRunEndsWithTheServer(t *testing.T) {
	g := newGate()
	srv, err := web.New(config(t))
	if err != nil {
		t.Fatal(err)
	}
	srv.AttachRuns(web.NewRuns(runner(g.run), 2))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ctx, ln) }()
	s := &site{web: srv, client: &http.Client{Transport: &http.Transport{}}, Server: serverAt("http://" + ln.Addr().String())}
	defer s.client.CloseIdleConnections()
	stream, _ := s.run(t, hello)
	<-g.begun
	page := make(chan answer, 1)
	go func() {
		page <- s.send(t, "POST", "/en/lessons/leaks/run/run-1", "", "Content-Type", form, "Cookie", someone)
	}()
	<-g.begun
	stop()
	<-g.stopped
	<-g.stopped
	if e := lastOf(t, stream); e.name == "result" {
		t.Errorf("the stream ends with %+v", e)
	}
	if got := <-page; got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || !strings.Contains(got.body, "The server is stopping") {
		t.Errorf("the page answers %d\n%s", got.status, got.body)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve returned %v", err)
	}
}

// A runner that panics takes no other program with it.
func TestRunOutlivesAPanic(t *testing.T) {
	s := running(t, 1, func(_ context.Context, p grader.Program, _ func(grader.Progress)) (*grader.Ran, error) {
		if strings.Contains(string(p.Files["main.go"]), "println") {
			panic("out of order")
		}
		return uneventful(), nil
	})
	for body, want := range map[string]string{hello: "error", `{"files":{"main.go":"package main"}}`: "result"} {
		stream, _ := s.run(t, body)
		if e := lastOf(t, stream); e.name != want {
			t.Errorf("it ends with %+v, want %s", e, want)
		}
	}
}

// A failure of ours is told as one, and the log has nothing of the code.
func TestRunThatWeFail(t *testing.T) {
	var log bytes.Buffer
	s := running(t, 1, func(context.Context, grader.Program, func(grader.Progress)) (*grader.Ran, error) {
		return nil, errors.New("the disk is full")
	}, func(c *web.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	stream, _ := s.run(t, hello)
	if e := lastOf(t, stream); e.name != "error" || e.data != `{"error":"internal"}` {
		t.Errorf("it ends with %+v", e)
	}
	page := s.send(t, "POST", "/fr/lessons/leaks/run/run-1", "", "Content-Type", form)
	if page.status != http.StatusInternalServerError || !strings.Contains(page.body, "La faute est de notre côté") {
		t.Errorf("the page answers %d", page.status)
	}
	if said := log.String(); strings.Count(said, "the disk is full") != 2 || strings.Contains(said, "println") {
		t.Errorf("the log says %q", said)
	}
}
