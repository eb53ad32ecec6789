package web_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"manche/grader/queue"
	"manche/web"
)

// courses are two sites of one host, in one browser.
func courses(t *testing.T) (first, second *site) {
	t.Helper()
	first, second = open(t), open(t)
	second.client.CloseIdleConnections()
	second.client = first.client // its cookies are for the host, whatever the port
	web.Beside(first.web, second.web)
	return first, second
}

// What is deleted in one course is deleted in all, and stops being judged there.
func TestForgetInAllCourses(t *testing.T) {
	s, other := courses(t)
	begun, ended := make(chan struct{}), make(chan struct{})
	other.judging(t, func(ctx context.Context, _ queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		close(begun)
		<-ctx.Done() // only a cancelled judgement ends
		close(ended)
		return nil, false, ctx.Err()
	})
	other.submit(t, "package search\n")
	<-begun
	wants(t, s.get(t, "/en/progress").body, "/en/progress/delete")
	key, _ := web.KeyOf(s.code(t))
	s.post(t, recall, "text=une+place")
	wants(t, s.get(t, "/en/progress/delete").body, "Code submissions", "Answers to questions")
	if got := s.send(t, "POST", "/en/progress/delete", "", "Content-Type", form); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	<-ended
	for _, course := range []*site{s, other} {
		if held, err := course.store.Held(t.Context(), key); err != nil || held.Any() {
			t.Errorf("left: %+v, %v", held, err)
		}
	}
}

// A code brings along what was done in every course, and what the browser had in
// another course is neither forgotten nor left unasked for.
func TestMergeInAllCourses(t *testing.T) {
	s, other := courses(t)
	other.post(t, recall, "text=une+place")
	code := s.code(t)
	key, _ := web.KeyOf(code)
	phone := s.another(t)
	there := *other
	there.client = phone.client
	there.post(t, lesson+"/activities/collected", "text=la+pile")
	own, _ := web.KeyOf(phone.code(t))
	wants(t, phone.enter(t, code, "").body, "Ce navigateur a déjà un parcours")
	if got := phone.enter(t, code, "merge"); got.status != http.StatusSeeOther {
		t.Fatalf("status %d", got.status)
	}
	if all := s.get(t, "/en/progress/export").body; !strings.Contains(all, "une place") || !strings.Contains(all, "la pile") {
		t.Errorf("not all is in the export: %s", all)
	}
	for of, want := range map[string]int{key: 2, own: 0} {
		if held, err := other.store.Held(t.Context(), of); err != nil || held.Answers != want {
			t.Errorf("held %+v, %v; want %d answers", held, err, want)
		}
	}
}

// Programs of all courses stand in one line.
func TestRunsOfAllCourses(t *testing.T) {
	s, other := courses(t)
	g := newGate()
	runs := web.NewRuns(runner(g.run), 1)
	s.web.AttachRuns(runs)
	other.web.AttachRuns(runs)
	_, leave := s.run(t, hello, "Cookie", someone)
	<-g.begun
	waiting, _ := other.run(t, hello, "Cookie", somebody)
	if e := waiting.next(t); e.name != "state" || e.data != `{"state":"queued","place":0}` {
		t.Errorf("beside the other course's program: %+v, want it queued", e)
	}
	leave()
	<-g.begun
	close(g.end)
	if e := lastOf(t, waiting); e.name != "result" {
		t.Errorf("it ends with %+v", e)
	}
}
