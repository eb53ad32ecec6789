//go:build linux

package main_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"manche/grader"
)

func TestPreviewFollowsTheFiles(t *testing.T) {
	w := write(t)
	told := w.editions(t)
	page := w.page(t, "/en/lessons/one", http.StatusOK)
	wantIn(t, page, "/preview/preview.css", "/preview/preview.js", `data-edition="`, "The first sentence.")
	if strings.Contains(page, "<!--") {
		t.Errorf("marks are left on the page:\n%s", page)
	}

	saved := time.Now()
	w.edit(t, "content/lessons/01-one/en.md", lessonText("One", "A second sentence."))
	edition := next(t, told)
	t.Logf("told %v after the save", time.Since(saved))
	wantIn(t, w.page(t, "/en/lessons/one", http.StatusOK), `data-edition="`+edition+`"`, "A second sentence.")

	if err := os.RemoveAll(filepath.Join(w.folder, "content", "lessons", "02-two")); err != nil {
		t.Fatal(err)
	}
	w.becomes(t, told, "/en/lessons/two", http.StatusNotFound)
	if strings.Contains(w.page(t, "/en/", http.StatusOK), "/lessons/two") {
		t.Error("the home page still leads to a lesson that is gone")
	}

	w.edit(t, "content/lessons/03-three/fr.md", lessonText("Trois", "Du neuf."))
	w.edit(t, "content/lessons/03-three/en.md", lessonText("Three", "Something new."))
	for !strings.Contains(w.page(t, "/en/", http.StatusOK), "/lessons/three") {
		next(t, told) // the two may be told together, or one by one
	}
}

func TestPreviewShowsADefectAtItsPlace(t *testing.T) {
	w := write(t)
	told := w.editions(t)
	w.edit(t, "content/lessons/01-one/en.md", lessonText("One", "See [there](../lessons/nowhere)."))
	next(t, told)
	remedy := sentence(t, "defect.lesson.link_lesson", "slug", "nowhere")
	const place = "lessons/01-one/en.md:11"
	page := w.page(t, "/en/lessons/one", http.StatusOK)
	wantIn(t, page, `<main`, "Opening.", `<aside class="authoring-defect" id="defect-1" lang="en"`, place, remedy, "See <a", "Closing.")
	wantIn(t, page, `<a href="#defect-1">`+place, `<main`)
	wantIn(t, w.page(t, "/preview/", http.StatusOK), `href="/en/lessons/one"`, "line\u00a011", remedy)
	if strings.Contains(w.page(t, "/fr/lessons/one", http.StatusOK), place) {
		t.Error("the French page has a defect of the English one")
	}

	// A whole file that is missing is said at the top of the page in its place.
	if err := os.Remove(filepath.Join(w.folder, "content", "lessons", "02-two", "fr.md")); err != nil {
		t.Fatal(err)
	}
	next(t, told)
	wantIn(t, w.page(t, "/fr/lessons/two", http.StatusOK), "lessons/02-two/fr.md", `<main`)
}

func TestPreviewOfABrokenExercise(t *testing.T) {
	w := write(t)
	told := w.editions(t)
	if err := os.CopyFS(filepath.Join(w.folder, "exercises", "fix-the-leak"), os.DirFS("../../exercises/fix-the-leak")); err != nil {
		t.Fatal(err)
	}
	w.becomes(t, told, "/en/exercises/fix-the-leak", http.StatusOK)
	if err := os.Remove(filepath.Join(w.folder, "exercises", "fix-the-leak", "fr.md")); err != nil {
		t.Fatal(err)
	}
	w.becomes(t, told, "/en/exercises/fix-the-leak", http.StatusNotFound)
	wantIn(t, w.page(t, "/en/exercises/fix-the-leak", http.StatusNotFound), "exercises/fix-the-leak/fr.md", `<main`)
}

// Answers are judged by the checks as they stand when they are sent.
func TestPreviewJudgesByTheChecksAsTheyStand(t *testing.T) {
	w := &written{folder: t.TempDir()}
	place := filepath.Join(w.folder, "exercises", shared)
	put := func(exercise string) { // at once: an edition in between would end the stream of a verdict
		beside := t.TempDir()
		err := errors.Join(os.MkdirAll(filepath.Dir(place), 0o755), os.CopyFS(filepath.Join(beside, "new"), os.DirFS("../../exercises/"+exercise)))
		if moved := os.Rename(place, filepath.Join(beside, "old")); !errors.Is(moved, os.ErrNotExist) {
			err = errors.Join(err, moved)
		}
		if err := errors.Join(err, os.Rename(filepath.Join(beside, "new"), place)); err != nil {
			t.Fatal(err)
		}
	}
	put("merge")
	w.preview(t)
	told := w.editions(t)
	answer := reference(t, "merge")
	if _, v := w.anybody().judged(t, "", answer); v.Outcome != grader.Passed {
		t.Errorf("the reference is %s, want passed", v.Outcome)
	}
	put("merge-cancel")
	for !strings.Contains(string(w.anybody().get(t, "/en/exercises/"+shared).body), "TestLeavesASilentInput") {
		next(t, told)
	}
	if _, v := w.anybody().judged(t, "", answer); v.Outcome != grader.Refused {
		t.Errorf("the reference of another exercise is %s, want refused", v.Outcome)
	}
	if _, v := w.anybody().judged(t, "", reference(t, "merge-cancel")); v.Outcome != grader.Passed {
		t.Errorf("the reference as it stands is %s, want passed", v.Outcome)
	}
}

// A course that cannot be read leaves what could be read, and says what is wrong.
func TestPreviewOutlivesABrokenCourse(t *testing.T) {
	w := write(t)
	told := w.editions(t)
	const file = "content/messages/preview.toml"
	good, err := os.ReadFile(filepath.Join(w.folder, file))
	if err != nil {
		t.Fatal(err)
	}
	w.edit(t, file, "[[")
	next(t, told)
	wantIn(t, w.page(t, "/en/lessons/one", http.StatusOK), `role="alert"`, "preview.toml", "The first sentence.")
	wantIn(t, w.page(t, "/preview/", http.StatusOK), `role="alert"`, "preview.toml")
	w.edit(t, file, "")
	next(t, told)
	wantIn(t, w.page(t, "/en/lessons/one", http.StatusOK), `role="alert"`, "web.preview.all", "The first sentence.")
	w.edit(t, file, string(good))
	next(t, told)
	if page := w.page(t, "/en/lessons/one", http.StatusOK); strings.Contains(page, `role="alert"`) {
		t.Errorf("the page still complains:\n%s", page)
	}
}

// One that cannot be read at the start has nothing to show yet.
func TestPreviewBeginsWithABrokenCourse(t *testing.T) {
	w := &written{folder: t.TempDir()}
	w.edit(t, "content/lessons/01-one/en.md", lessonText("One", "The first sentence."))
	w.edit(t, "content/lessons/01-one/fr.md", lessonText("One", "The first sentence."))
	w.edit(t, "content/i18n.toml", "[[")
	w.preview(t)
	told := w.editions(t)
	wantIn(t, w.page(t, "/en/", http.StatusOK), `role="alert"`)
	w.edit(t, "content/i18n.toml", "")
	next(t, told)
	wantIn(t, w.page(t, "/en/lessons/one", http.StatusOK), "The first sentence.")
}

func TestPreviewSideBySide(t *testing.T) {
	w := write(t)
	r := w.anybody().get(t, "/preview/lessons/one")
	wantIn(t, string(r.body), `src="/fr/lessons/one"`, `src="/en/lessons/one"`)
	if got := r.header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-src 'self'") || !strings.Contains(got, "frame-ancestors 'none'") {
		t.Errorf("the page with the frames has the policy %q", got)
	}
	r = w.anybody().get(t, "/fr/lessons/one")
	if got := r.header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'self'") {
		t.Errorf("the page in a frame has the policy %q", got)
	}
	wantIn(t, string(r.body), `href="/preview/lessons/one"`)
	w.page(t, "/preview/nothing/one", http.StatusNotFound)
}

// A preview ends when it is told to, whoever still looks at it, and leaves nothing.
func TestPreviewEnds(t *testing.T) {
	w := write(t)
	w.editions(t)
	code, took := w.stop(t)
	t.Logf("ended after %v", took)
	if code != 0 {
		t.Errorf("the preview ended with code %d", code)
	}
	empty(t, w.scratch)
}

// BenchmarkPreview saves a lesson of the real course, and waits until open pages
// are told.
func BenchmarkPreview(b *testing.B) {
	w := &written{folder: b.TempDir()}
	for _, part := range []string{"content", "exercises"} {
		if err := os.CopyFS(filepath.Join(w.folder, part), os.DirFS(filepath.Join("../..", part))); err != nil {
			b.Fatal(err)
		}
	}
	w.preview(b)
	told := w.editions(b)
	const file = "content/lessons/07-leaks/en.md"
	text, err := os.ReadFile(filepath.Join(w.folder, file))
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		w.edit(b, file, string(text)+strings.Repeat("\n", i%2)) // another text each time
		next(b, told)
	}
}
