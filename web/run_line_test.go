package web_test

import (
	"net/http"
	"strconv"
	"testing"

	"manche/web"
)

// Programs wait for their turn and are told their place; who leaves the line lets
// the others move up.
func TestRunWaitsInLine(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	s.run(t, hello)
	<-g.begun
	second, leave := s.run(t, hello)
	wantPlace(t, second, 0)
	third, _ := s.run(t, hello)
	wantPlace(t, third, 1)
	leave()
	wantPlace(t, third, 0)
	g.end <- struct{}{}
	<-g.begun
	close(g.end)
	if e := third.next(t); e.name != "result" {
		t.Errorf("the third gets %+v", e)
	}
}

func wantPlace(t *testing.T, stream eventStream, place int) {
	t.Helper()
	want := `{"state":"queued","place":` + strconv.Itoa(place) + `}`
	if e := stream.next(t); e.name != "state" || e.data != want {
		t.Fatalf("got %+v, want %s", e, want)
	}
}

// A learner who comes after somebody with many programs waits for one of them.
func TestRunTakesTurns(t *testing.T) {
	g := newGate()
	s := running(t, 1, g.run)
	s.run(t, hello)
	<-g.begun
	for i := range 5 { // without a key: by address
		stream, _ := s.run(t, hello)
		wantPlace(t, stream, i)
	}
	learner, _ := s.run(t, hello, "Cookie", someone)
	wantPlace(t, learner, 0)
	g.end <- struct{}{}
	<-g.begun
	g.end <- struct{}{}
	if e := lastOf(t, learner); e.name != "result" {
		t.Errorf("the learner's run ends with %+v", e)
	}
	close(g.end)
}

func TestRunReplacesTheLearnersOwn(t *testing.T) {
	g := newGate()
	s := running(t, 2, g.run)
	first, _ := s.run(t, hello, "Cookie", someone)
	<-g.begun
	other, _ := s.run(t, hello, "Cookie", somebody)
	<-g.begun
	second, _ := s.run(t, hello, "Cookie", someone)
	<-g.stopped
	if e := lastOf(t, first); e.name != "error" || e.data != `{"error":"replaced"}` {
		t.Errorf("the first ends with %+v", e)
	}
	<-g.begun
	close(g.end)
	for name, stream := range map[string]eventStream{"the second": second, "another learner's": other} {
		if e := lastOf(t, stream); e.name != "result" {
			t.Errorf("%s ends with %+v", name, e)
		}
	}
}

// A line that is full takes nobody in, and says when it will.
func TestRunLineIsBounded(t *testing.T) {
	const waiting = 60 // from one address
	g := newGate()
	s := running(t, 2, g.run, func(c *web.Config) { c.Limits.PerMinute = 1000 })
	for range 2 {
		s.run(t, hello)
		<-g.begun
	}
	var last eventStream
	for i := range waiting {
		last, _ = s.run(t, hello)
		wantPlace(t, last, i)
	}
	got := s.send(t, "POST", runPath, hello, "Content-Type", jsonType)
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "15" { // 60 of a second each, half of them, two at a time
		t.Errorf("one more: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
	close(g.end)
	if e := lastOf(t, last); e.name != "result" {
		t.Errorf("the last in line ends with %+v", e)
	}
}
