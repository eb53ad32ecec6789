package store_test

import (
	"errors"
	"path/filepath"
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
