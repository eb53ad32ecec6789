package web_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"manche/web"
)

// start is a time for clocks that a test turns by hand.
var start = time.Now().Add(-time.Hour)

// eventStream reads Server-Sent Events as they come.
type eventStream struct{ lines *bufio.Scanner }

type event struct{ name, data string }

// stream opens the events of a submission.
func (s *site) stream(t *testing.T, id string) eventStream {
	t.Helper()
	return openStream(t, s.client, s.URL, id)
}

func openStream(t *testing.T, client *http.Client, base, id string) eventStream {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), deadline)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", base+"/api/v1/submissions/"+id+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return eventStream{bufio.NewScanner(res.Body)}
}

// more returns the next event, or false at the end of the stream.
func (s eventStream) more(t *testing.T) (event, bool) {
	t.Helper()
	var e event
	for s.lines.Scan() {
		key, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch {
		case key == "event":
			e.name = value
		case key == "data":
			e.data = value
		case s.lines.Text() == "" && e.name != "":
			return e, true
		}
	}
	if err := s.lines.Err(); err != nil {
		t.Fatal(err)
	}
	return event{}, false
}

func (s eventStream) next(t *testing.T) event {
	t.Helper()
	e, ok := s.more(t)
	if !ok {
		t.Fatal("the stream has ended")
	}
	return e
}

// When the server stops, an open stream ends with an event, and Serve returns.
func TestServeStopsWithOpenStreams(t *testing.T) {
	c := config(t)
	srv, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ctx, ln) }()

	s := &site{web: srv, client: &http.Client{Transport: &http.Transport{}}}
	defer s.client.CloseIdleConnections()
	s.Server = serverAt("http://" + ln.Addr().String())
	sub := decode[status](t, s.submit(t, "package search\n").body)
	stream := s.stream(t, sub.ID)
	if first := stream.next(t); first.data != `{"state":"queued","place":0}` {
		t.Fatalf("first event %+v", first)
	}
	cancel()
	if last := stream.next(t); last.name != "state" {
		t.Errorf("last event %+v, want the state once more", last)
	}
	if e, ok := stream.more(t); ok {
		t.Errorf("one more event: %+v", e)
	}
	if err := <-served; err != nil {
		t.Errorf("Serve returned %v, want nil", err)
	}
}

// A stream outlives the time that the server gives a request to be read.
func TestStreamOutlivesTheReadTimeout(t *testing.T) {
	s := open(t)
	srv := httptest.NewUnstartedServer(s.web)
	srv.Config.ReadTimeout = 500 * time.Millisecond
	srv.Start()
	defer srv.Close()
	sub := decode[status](t, s.submit(t, "package search\n").body)
	stream := openStream(t, s.client, srv.URL, sub.ID)
	stream.next(t)
	s.judging(t, always(passed())) // the stream looks for a queue once a second
	for e, ok := stream.more(t); ; e, ok = stream.more(t) {
		if !ok {
			t.Fatal("the stream broke off without a verdict")
		}
		if e.name == "verdict" {
			return
		}
	}
}

func TestServeTellsWhyItCannot(t *testing.T) {
	srv, err := web.New(config(t))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	if err := srv.Serve(t.Context(), ln); err == nil {
		t.Error("Serve on a closed listener returned nil")
	}
}
