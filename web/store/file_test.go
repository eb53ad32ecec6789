package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

// A second server would take back what the first one judges.
func TestOnlyOneServerHasADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manche.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	job := claimOne(t, s, time.Now())
	if second, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("a second server gets %v, want %v", err, store.ErrInUse)
		if err == nil {
			second.Close()
		}
	}
	if !advance(t, s, job, queue.Running, time.Now().Add(lease)) {
		t.Error("the first server's claim is gone")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	reopen(t, path)
}

// Learners' work, and the keys to it, is for the server's user alone, also in a
// folder that others may read, and also where it was not so before.
func TestNobodyElseReadsADatabase(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a mode says nothing of who may read a file")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "manche.db")
	accept(t, reopen(t, path), store.New{Learner: "ann", Exercise: "leak"})
	wantPrivate(t, path, 4)

	old := filepath.Join(dir, "old.db")
	for _, name := range []string{old, old + "-wal", old + "-shm"} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	accept(t, reopen(t, old), store.New{Learner: "ann", Exercise: "leak"})
	wantPrivate(t, old, 4)
}

// wantPrivate wants so many files that begin with a path, and each for its owner
// alone.
func wantPrivate(t *testing.T, path string, n int) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) != n {
		t.Errorf("the files are %v (%v), want %d", files, err, n)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has the mode %o, want 600", filepath.Base(name), mode)
		}
	}
}
