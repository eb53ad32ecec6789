package watch_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
	"go.uber.org/goleak"

	"manche/cmd/manche/watch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds the wait for what the system tells.
const patience = 30 * time.Second

func write(t *testing.T, file string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func next(t *testing.T, w *watch.Watcher, what string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.Next(ctx); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestChangesAreTold(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "lessons", "01-a", "fr.md"))
	w, err := watch.Open(dir, "lessons", "exercises")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()

	write(t, filepath.Join(dir, "lessons", "01-a", "fr.md"))
	next(t, w, "a file that was written")
	write(t, filepath.Join(dir, "exercises", "x", "testdata", "starter", "x.go"))
	next(t, w, "folders that came")
	write(t, filepath.Join(dir, "exercises", "x", "testdata", "starter", "x.go"))
	next(t, w, "a file in a folder that came")
	if err := os.Rename(filepath.Join(dir, "lessons", "01-a"), filepath.Join(dir, "lessons", "02-a")); err != nil {
		t.Fatal(err)
	}
	next(t, w, "a folder that got another name")
	write(t, filepath.Join(dir, "lessons", "02-a", "fr.md"))
	next(t, w, "a file in the folder of that name")
	if err := os.RemoveAll(filepath.Join(dir, "lessons")); err != nil {
		t.Fatal(err)
	}
	next(t, w, "a folder that went")
	write(t, filepath.Join(dir, "lessons", "03-b", "en.md"))
	next(t, w, "the folder, back again")
}

func TestAFolderThatIsNotThere(t *testing.T) {
	if _, err := watch.Open(filepath.Join(t.TempDir(), "nowhere"), "lessons"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("watching what is not there: %v, want an error that says so", err)
	}
}

// scripted is a watcher in a bubble of time, and where to tell it of events.
func scripted() (*watch.Watcher, chan fsnotify.Event, chan error) {
	events, errs := make(chan fsnotify.Event), make(chan error)
	return watch.Scripted("/course", events, errs, "lessons"), events, errs
}

func TestASaveIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, events, _ := scripted()
		begin := time.Now()
		go func() {
			for range 3 {
				events <- fsnotify.Event{Name: "/course/lessons/01-a/fr.md", Op: fsnotify.Write}
				<-time.After(watch.Quiet / 2) // an editor at work
			}
		}()
		next(t, w, "a save")
		if got, want := time.Since(begin), 2*watch.Quiet; got != want {
			t.Errorf("told after %v, want %v", got, want)
		}
	})
}

func TestChangesThatGoOnAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, events, _ := scripted()
		begin := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() {
			for tick := time.NewTicker(watch.Quiet / 2); ; <-tick.C {
				select {
				case events <- fsnotify.Event{Name: "/course/lessons/01-a/fr.md", Op: fsnotify.Write}:
				case <-ctx.Done():
					return
				}
			}
		}()
		next(t, w, "changes that go on")
		if got := time.Since(begin); got != watch.Longest {
			t.Errorf("told after %v, want %v", got, watch.Longest)
		}
	})
}

func TestWhatIsNoChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, events, _ := scripted()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		go func() {
			for _, e := range []fsnotify.Event{
				{Name: "/course/go.mod", Op: fsnotify.Write},
				{Name: "/course/lessons/01-a/.fr.md.swp", Op: fsnotify.Create},
				{Name: "/course/lessons/01-a/fr.md~", Op: fsnotify.Create},
				{Name: "/course/lessons/01-a/fr.md", Op: fsnotify.Chmod},
			} {
				events <- e
			}
		}()
		if err := w.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("told of a change: %v", err)
		}
	})
}

func TestErrorsOfTheSystem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _, errs := scripted()
		go func() { errs <- fsnotify.ErrEventOverflow }()
		next(t, w, "events that were lost")
		go func() { errs <- fault{} }()
		if err := w.Next(t.Context()); !errors.Is(err, fault{}) {
			t.Errorf("the watcher goes on with %v, want the error of the system", err)
		}
	})
}

// fault is an error of the file system.
type fault struct{}

func (fault) Error() string { return "no more watches" }
