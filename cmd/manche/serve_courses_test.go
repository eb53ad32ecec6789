//go:build linux

package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manche/grader"
)

// shared is the slug of an exercise that both courses have, with other checks: what
// is right in the first does not compile in the second.
const shared = "shared"

// twoCourses serves a small course and, below /c/beside/, a whole one.
func twoCourses(t *testing.T) *server {
	t.Helper()
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "Beside!")
	for folder, copies := range map[string]map[string]string{
		first:  {"exercises/shared": "../../exercises/merge"},
		second: {"exercises": "../../exercises", "content": "../../content", "exercises/shared": "../../exercises/merge-cancel"},
	} {
		for to, from := range copies {
			if err := os.CopyFS(filepath.Join(folder, to), os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return startServer(t, "--course", first, "--course", second)
}

// reference is the answer to an exercise of the repository, as the files of a
// submission.
func reference(t *testing.T, exercise string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("../../exercises", exercise, "merge.go"))
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"files": map[string]string{"merge.go": string(raw)}})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// judged sends an answer to the shared exercise of a course, and waits for its
// verdict.
func (c *client) judged(t *testing.T, root string, body []byte) (submission, grader.Verdict) {
	t.Helper()
	r := c.do(t, http.MethodPost, root+"/api/v1/exercises/"+shared+"/submissions", "application/json", body)
	var sub submission
	if err := json.Unmarshal(r.body, &sub); err != nil || r.status/100 != 2 {
		t.Fatalf("submitting below %q answers %d: %s", root, r.status, r.body)
	}
	if !strings.HasPrefix(sub.URL, root+"/api/") || r.header.Get("Location") != sub.URL {
		t.Errorf("the submission is at %q and %q, want it below %q", sub.URL, r.header.Get("Location"), root)
	}
	events := string(c.get(t, sub.URL+"/events").body) // until the verdict
	if !strings.Contains(events, "event: verdict") {
		t.Fatalf("the stream of %s ends with\n%s", sub.URL, events)
	}
	var v grader.Verdict
	if err := json.Unmarshal(c.get(t, sub.URL).body, &sub); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(sub.Verdict, &v); err != nil {
		t.Fatal(err)
	}
	return sub, v
}

// Two courses have an exercise of the same slug: each judges by its own checks, and
// what a learner does in one is nothing in the other.
func TestServeSeveralCourses(t *testing.T) {
	s := twoCourses(t)
	const root = "/c/beside"
	c := s.learner(t)
	answers := map[string][]byte{"": reference(t, "merge"), root: reference(t, "merge-cancel")}
	own := make(map[string]submission)
	ids := make(map[string][]string) // of what the learner sent, by course
	for at := range answers {
		for of, answer := range answers {
			sub, v := c.judged(t, at, answer)
			if passed := v.Outcome == grader.Passed; passed != (at == of) || v.Exercise != shared {
				t.Errorf("the answer of %q below %q: %s to %q", of, at, v.Outcome, v.Exercise)
			}
			ids[at] = append(ids[at], sub.ID)
			if at == of {
				own[at] = sub
			}
		}
	}
	for at, other := range map[string]string{"": root, root: ""} {
		if r := c.get(t, at+"/api/v1/submissions/"+own[other].ID); r.status != http.StatusNotFound {
			t.Errorf("a submission below %q is known below %q: %d", other, at, r.status)
		}
		page := string(c.get(t, at+"/en/progress").body)
		in := func(id string) bool { return strings.Contains(page, id) }
		if !slices.ContainsFunc(ids[at], in) || slices.ContainsFunc(ids[other], in) {
			t.Errorf("the progress below %q is not that of its course", at)
		}
	}

	// Answers in lessons and forms without scripts stay below the root as well.
	form := "application/x-www-form-urlencoded"
	r := c.do(t, http.MethodPost, root+"/fr/lessons/leaks/activities/fast-work", form, []byte("choice=0"))
	if r.status != http.StatusOK || !strings.Contains(string(r.body), root+"/fr/lessons/leaks") {
		t.Errorf("answering in a lesson answers %d", r.status)
	}
	wantRooted(t, c, root, own[root].ID)
	for _, path := range []string{"/c/nowhere/fr/", "/c/nowhere", "/c/", root + "/fr/nothing", root + "/de/", "/fr/lessons/leaks"} {
		if r := c.get(t, path); r.status != http.StatusNotFound || !strings.Contains(string(r.body), "<main") {
			t.Errorf("GET %s answers %d, want a page and 404", path, r.status)
		}
	}
	if all := string(c.get(t, "/en/progress/export").body); !strings.Contains(all, `"course":"`+root+`"`) || !strings.Contains(all, own[""].ID) {
		t.Errorf("not everything is in the export: %.300s", all)
	}
	c.do(t, http.MethodPost, root+"/en/progress/delete", form, nil)
	for at, sub := range own {
		if r := c.get(t, at+"/api/v1/submissions/"+sub.ID); r.status != http.StatusNotFound {
			t.Errorf("everything was deleted, and a submission below %q is still there: %d", at, r.status)
		}
	}
}

// anAddress is one on a page, within its site.
var anAddress = regexp.MustCompile(`[ -]([a-z-]+)="(/[^"]*)"`)

// wantRooted wants every address on the pages of a course to be one of that course,
// or of the site's own files.
func wantRooted(t *testing.T, c *client, root, submission string) {
	t.Helper()
	for _, path := range []string{
		"", "/", "/en", "/en/", "/fr/lessons/leaks", "/en/exercises/" + shared, "/en/submissions/" + submission, "/en/progress",
		"/fr/review", "/en/progress/delete",
		"/fr/lessons/leaks/activities/fast-work", "/fr/lessons/leaks/activities/fast-work?fragment=1", "/en/nothing",
	} {
		page := string(c.get(t, root+path).body)
		found := anAddress.FindAllStringSubmatch(page, -1)
		if len(found) == 0 && !strings.Contains(path, "fragment") {
			t.Errorf("%s has no address at all:\n%s", path, page)
		}
		for _, m := range found {
			if !strings.HasPrefix(m[2], root+"/") && !strings.HasPrefix(m[2], "/static/") {
				t.Errorf("%s leads out of its course: %s=%q", path, m[1], m[2])
			}
		}
	}
}
