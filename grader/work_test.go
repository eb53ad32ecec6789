package grader_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"manche/grader"
)

// What a server that was killed has left to build is cleared, what one has that
// lives is not.
func TestOpenWorkClears(t *testing.T) {
	ended := exec.Command("go", "version")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	dead := filepath.Join(cache, "work", strconv.Itoa(ended.Process.Pid)+"-123", "below")
	alive := filepath.Join(cache, "work", strconv.Itoa(os.Getpid())+"-123")
	for _, dir := range []string{dead, alive} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	work, err := grader.OpenWork(cache)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(work)
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(alive) {
		t.Errorf("there are %v, %v, want %s alone", entries, err, filepath.Base(alive))
	}
}
