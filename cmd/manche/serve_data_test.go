//go:build linux

package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A course has its own data wherever it stands among the others: last term it was
// the second, this term it is the only one.
func TestServeKeepsTheDataOfACourse(t *testing.T) {
	folder, data := t.TempDir(), t.TempDir()
	algo, conc := filepath.Join(folder, "algo"), filepath.Join(folder, "conc")
	for _, course := range []string{algo, conc} {
		if err := os.CopyFS(filepath.Join(course, "exercises", shared), os.DirFS("../../exercises/merge")); err != nil {
			t.Fatal(err)
		}
	}
	last := launch{data: data, args: []string{"--course", algo, "--course", conc}}.start(t)
	learner := last.learner(t)
	algos, concs := learner.sent(t, ""), learner.sent(t, "/c/conc")
	wantOrderlyEnd(t, last)

	now := launch{data: data, args: []string{"--course", conc}}.start(t)
	for id, want := range map[string]int{algos: http.StatusNotFound, concs: http.StatusOK} {
		if got := learner.at(now).get(t, "/api/v1/submissions/"+id).status; got != want {
			t.Errorf("the course that was the second answers %d for %s, want %d (of the first: %s)", got, id, want, algos)
		}
	}
	wantOrderlyEnd(t, now)
	if news := now.log.String(); strings.Contains(news, "is new") {
		t.Errorf("of a course that has data already it is said:\n%s", news)
	}
	if news := last.log.String(); !strings.Contains(news, filepath.Join(data, "c", "conc.db")+" is new") {
		t.Errorf("it is not said where the data of a new course is:\n%s", news)
	}
}

// sent sends an answer to the shared exercise of a course, and returns what it is
// called.
func (c *client) sent(t *testing.T, root string) (id string) {
	t.Helper()
	r := c.do(t, http.MethodPost, root+"/api/v1/exercises/"+shared+"/submissions", "application/json", reference(t, "merge"))
	if r.status != http.StatusAccepted {
		t.Fatalf("submitting below %q answers %d: %s", root, r.status, r.body)
	}
	return filepath.Base(r.header.Get("Location"))
}
