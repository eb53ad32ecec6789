//go:build linux

package main_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"manche/content"
)

// written is a course in a folder, and the preview of it.
type written struct {
	*server
	folder  string
	scratch string // where the preview keeps what nobody is to find
}

// write begins a course of two lessons and previews it. Its sentences are its own.
func write(t testing.TB) *written {
	t.Helper()
	w := &written{folder: t.TempDir()}
	for _, lang := range []string{"fr", "en"} {
		w.edit(t, "content/lessons/01-one/"+lang+".md", lessonText("One", "The first sentence."))
		w.edit(t, "content/lessons/02-two/"+lang+".md", lessonText("Two", "Another lesson."))
	}
	if err := os.CopyFS(filepath.Join(w.folder, "content", "messages"), os.DirFS("../../content/messages")); err != nil {
		t.Fatal(err)
	}
	w.preview(t)
	return w
}

// preview starts a preview of the course.
func (w *written) preview(t testing.TB) {
	t.Helper()
	w.scratch = t.TempDir()
	w.server = launch{
		verb: []string{"author", "preview"}, args: []string{"--course", w.folder}, env: []string{"TMPDIR=" + w.scratch},
	}.start(t)
}

// lessonText is a lesson that has nothing wrong with it, of 12 lines.
func lessonText(title, sentence string) string {
	return "---\ntitle: " + title + "\nsummary: Summary.\nminutes: 5\n---\n\nOpening.\n\n## Part\n\n" + sentence + "\n\nClosing.\n"
}

// edit saves a file as editors do: another one in its place.
func (w *written) edit(t testing.TB, name, text string) {
	t.Helper()
	file := filepath.Join(w.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+"~", file); err != nil {
		t.Fatal(err)
	}
}

// page returns a page, which must have this status.
func (w *written) page(t testing.TB, path string, status int) string {
	t.Helper()
	r := w.anybody().get(t, path)
	if r.status != status {
		t.Fatalf("GET %s answers %d, want %d: %s", path, r.status, status, r.body)
	}
	if got := r.header.Get("Content-Security-Policy"); strings.Contains(got, "unsafe") || !strings.Contains(got, "default-src 'none'") {
		t.Errorf("GET %s: policy %q", path, got)
	}
	return string(r.body)
}

// editions follows the preview as its pages do. The first edition has been received
// when it returns.
func (w *written) editions(t testing.TB) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	resp, err := w.anybody().open(ctx, http.MethodGet, "/preview/events", "", nil)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	told := make(chan string)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer resp.Body.Close()
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			if name, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				select {
				case told <- name:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	t.Cleanup(func() {
		cancel()
		reading.Wait()
	})
	next(t, told)
	return told
}

// next waits for another edition.
func next(t testing.TB, told <-chan string) string {
	t.Helper()
	select {
	case name := <-told:
		return name
	case <-time.After(patience):
		t.Fatalf("no other edition after %v", patience)
	}
	return ""
}

// becomes waits for the edition in which a page has this status: a folder that comes
// or goes may be told in several.
func (w *written) becomes(t testing.TB, told <-chan string, path string, status int) {
	t.Helper()
	for w.anybody().get(t, path).status != status {
		next(t, told)
	}
}

// wantIn wants a page to contain these texts, one after the other.
func wantIn(t testing.TB, page string, texts ...string) {
	t.Helper()
	rest := page
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Errorf("the page does not say %q there:\n%s", text, page)
			return
		}
		rest = after
	}
}

// sentence is one of the program's, in English, as HTML.
func sentence(t testing.TB, key string, pairs ...any) string {
	t.Helper()
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(m.In(content.EN).Say(key, pairs...), "'", "’")
}

// empty wants a folder to have nothing in it.
func empty(t testing.TB, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) > 0 {
		t.Errorf("left in %s: %s %v", folder, fmt.Sprint(entries), err)
	}
}
