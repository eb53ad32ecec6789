package main_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// interruptEnd is how long author check may take to end at Ctrl-C. A busy machine
// makes everything slow, so the best of a few tries counts.
const (
	interruptEnd   = time.Second
	interruptTries = 5
)

// Whoever presses Ctrl-C at a proof of the course gets the prompt back at once, and
// nothing of it stays behind.
func TestInterruptedCheckLeavesNothing(t *testing.T) {
	var best time.Duration
	for range interruptTries {
		if took := interruptCheck(t); best == 0 || took < best {
			best = took
		}
		if best <= interruptEnd {
			return
		}
	}
	t.Errorf("author check ends %v after Ctrl-C at best, want at most %v", best, interruptEnd)
}

// proving is what author check shows at a terminal once it has proven something.
var proving = regexp.MustCompile(`[1-9]\d* of \d+ answers proven`)

// interruptCheck presses Ctrl-C while answers are being judged, wants nothing to be
// left, and returns how long the end took.
func interruptCheck(t *testing.T) time.Duration {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	side, terminal := openTerminal(t)
	temporary := t.TempDir()
	cmd := exec.CommandContext(t.Context(), path, "author", "check", "--again", "--lang", "en")
	cmd.Stdin, cmd.Stderr = terminal, terminal
	cmd.Env = append(os.Environ(), "TMPDIR="+temporary)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true} // of its standard input
	if err = cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	shown := readUntil(t, side, proving)
	pid := cmd.Process.Pid
	var below []process
	await(t, "programs to be judged", func() bool {
		below = descendants(t, pid)
		return len(below) > 1 && len(workOf(t, pid)) > 0
	})
	pressed := time.Now()
	if _, err := side.Write([]byte{3}); err != nil { // Ctrl-C (termios(3), VINTR)
		t.Fatal(err)
	}
	rest := new(bytes.Buffer)
	if _, err := rest.ReadFrom(side); err != nil && !errors.Is(err, syscall.EIO) {
		t.Error("reading from the terminal:", err)
	}
	err = cmd.Wait()
	took := time.Since(pressed)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 || !strings.Contains(rest.String(), "manche: interrupted.") {
		t.Errorf("at Ctrl-C author check ended with %v, want exit code 3 and a word; it showed\n%q", err, shown+rest.String())
	}
	wantNothingOf(t, pid, below, temporary)
	return took
}

// readUntil reads what a terminal shows until it shows this.
func readUntil(t *testing.T, side *os.File, what *regexp.Regexp) string {
	t.Helper()
	var shown []byte
	buf := make([]byte, 4<<10)
	for !what.Match(shown) {
		n, err := side.Read(buf)
		shown = append(shown, buf[:n]...)
		if err != nil {
			t.Fatalf("the terminal shows\n%q\nand then %v", shown, err)
		}
	}
	return string(shown)
}

// wantNothingOf wants no process, folder or cgroup of a program that has ended.
func wantNothingOf(t *testing.T, pid int, below []process, temporary string) {
	t.Helper()
	for _, p := range below {
		if p.alive() {
			t.Errorf("the process %+v is left", p)
		}
	}
	left, err := os.ReadDir(temporary)
	if err != nil || len(left) > 0 {
		t.Errorf("in the folder for temporary files is left: %v, %v", left, err)
	}
	for _, dir := range append(workOf(t, pid), cgroupsOf(t, pid)...) {
		t.Errorf("the folder %s is left", dir)
	}
}

// workOf are the folders in which a process builds, or has built.
func workOf(t *testing.T, pid int) []string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	list, err := filepath.Glob(filepath.Join(cache, "manche", "work", fmt.Sprintf("%d-*", pid)))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// cgroupsOf are the cgroups of a process' sandbox.
func cgroupsOf(t *testing.T, pid int) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir("/sys/fs/cgroup", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
			return nil // gone meanwhile, or none of ours
		case err != nil:
			return err
		case d.IsDir() && strings.HasPrefix(d.Name(), fmt.Sprintf("manche-%d-", pid)):
			list = append(list, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
