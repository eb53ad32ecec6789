//go:build linux

package main_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"manche/exercises"
	"manche/grader"
)

// exercisePath is where answers to the exercise of these tests are sent.
const exercisePath = "/api/v1/exercises/fix-the-leak/submissions"

// client talks to a server as one person's browser or script does. Its methods
// may be called from any goroutine of the test.
type client struct {
	server *server
	http   *http.Client
	lang   string // Accept-Language; "": not sent
}

// anybody returns a client that keeps no cookies.
func (s *server) anybody() *client {
	return &client{server: s, http: &http.Client{Transport: s.transport, Timeout: patience}}
}

// learner returns a client that keeps its cookies, and so is always the same
// learner.
func (s *server) learner(t testing.TB) *client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := s.anybody()
	c.http.Jar = jar
	return c
}

// speaking returns the client with another language.
func (c *client) speaking(lang string) *client {
	copied := *c
	copied.lang = lang
	return &copied
}

// at returns the client, with its cookies, at another server.
func (c *client) at(s *server) *client {
	moved := s.anybody()
	moved.http.Jar, moved.lang = c.http.Jar, c.lang
	return moved
}

// reply is what the server answered; its status is 0 when it did not.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (c *client) get(t testing.TB, path string) reply {
	t.Helper()
	return c.do(t, http.MethodGet, path, "", nil)
}

// do sends one request and reads the whole answer.
func (c *client) do(t testing.TB, method, path, media string, body []byte) reply {
	t.Helper()
	resp, err := c.open(context.Background(), method, path, media, body)
	if err != nil {
		t.Errorf("%s %s: %v", method, path, err)
		return reply{}
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Errorf("%s %s: reading the answer: %v", method, path, err)
	}
	return reply{resp.StatusCode, resp.Header, answer}
}

// open sends one request and leaves the answer to be read.
func (c *client) open(ctx context.Context, method, path, media string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.server.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	if c.lang != "" {
		req.Header.Set("Accept-Language", c.lang)
	}
	return c.http.Do(req)
}

// submission is what the API says of one.
type submission struct {
	ID           string          `json:"id"`
	URL          string          `json:"url"`
	Exercise     string          `json:"exercise"`
	State        string          `json:"state"`
	Place        int             `json:"place"`
	Verdict      json.RawMessage `json:"verdict"`
	SupersededBy string          `json:"superseded_by"`
	Error        string          `json:"error"`
}

// submit sends an answer to the exercise.
func (c *client) submit(t testing.TB, files exercises.Files, supersede bool) (int, submission) {
	t.Helper()
	texts := make(map[string]string, len(files))
	for name, src := range files {
		texts[name] = string(src)
	}
	body, err := json.Marshal(map[string]any{"files": texts, "supersede": supersede})
	if err != nil {
		t.Error(err)
		return 0, submission{}
	}
	r := c.do(t, http.MethodPost, exercisePath, "application/json", body)
	var sub submission
	if err := json.Unmarshal(r.body, &sub); err != nil {
		t.Errorf("POST %s answers %d with %q: %v", exercisePath, r.status, r.body, err)
	}
	return r.status, sub
}

// accepted sends an answer that has to be judged, and wants it accepted.
func (c *client) accepted(t testing.TB, files exercises.Files) submission {
	t.Helper()
	status, sub := c.submit(t, files, false)
	if status != http.StatusAccepted || sub.ID == "" || sub.URL != "/api/v1/submissions/"+sub.ID {
		t.Errorf("a submission is answered by %d, %+v, want 202 with its id and address", status, sub)
	}
	return sub
}

// read asks how a submission stands.
func (c *client) read(t testing.TB, id string) submission {
	t.Helper()
	r := c.get(t, "/api/v1/submissions/"+id)
	var sub submission
	if err := json.Unmarshal(r.body, &sub); err != nil || r.status != http.StatusOK {
		t.Errorf("submission %s is answered by %d, %q (%v), want 200 and JSON", id, r.status, r.body, err)
	}
	return sub
}

// event is one of a stream's.
type event struct{ name, data string }

// follow reads the events of a submission until the stream ends.
func (c *client) follow(t testing.TB, id string) []event {
	t.Helper()
	return c.watch(t, id, func() {})
}

// watch is follow, and calls begun when the stream is open.
func (c *client) watch(t testing.TB, id string, begun func()) []event {
	t.Helper()
	path := "/api/v1/submissions/" + id + "/events"
	resp, err := c.open(context.Background(), http.MethodGet, path, "", nil)
	if err != nil {
		t.Errorf("following %s: %v", id, err)
		return nil
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Errorf("GET %s: %d, %q, want 200, text/event-stream", path, resp.StatusCode, got)
	}
	begun()
	var all []event
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20) // a verdict with its evidence is one line
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "event":
			all = append(all, event{name: value})
		case "data":
			if len(all) == 0 {
				t.Errorf("the stream of %s begins with data", id)
				return nil
			}
			all[len(all)-1].data = value
		}
	}
	if err := lines.Err(); err != nil {
		t.Errorf("following %s: %v", id, err)
	}
	return all
}

// verdict waits for the verdict on a submission: the one that ends the stream,
// and that whoever has the id can read.
func (c *client) verdict(t testing.TB, id string) *grader.Verdict {
	t.Helper()
	events := c.follow(t, id)
	if len(events) == 0 || events[len(events)-1].name != "verdict" {
		t.Errorf("the events of %s are %.500v, want a verdict at the end", id, events)
		return new(grader.Verdict)
	}
	told := events[len(events)-1].data
	for _, e := range events[:len(events)-1] {
		if e.name != "state" && e.name != "finding" {
			t.Errorf("the event %q comes before the verdict on %s", e.name, id)
		}
	}
	kept := c.server.anybody().read(t, id)
	if kept.State != "done" || string(kept.Verdict) != told {
		t.Errorf("the stream of %s ends with\n%s\nbut state %s is read with\n%s", id, told, kept.State, kept.Verdict)
	}
	return decode(t, kept.Verdict)
}

// decode reads a verdict; one that cannot be read is an empty one.
func decode(t testing.TB, raw json.RawMessage) *grader.Verdict {
	t.Helper()
	v := new(grader.Verdict)
	if err := json.Unmarshal(raw, v); err != nil {
		t.Errorf("the verdict %q: %v", raw, err)
	}
	return v
}
