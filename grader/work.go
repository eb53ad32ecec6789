package grader

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// openWork makes the folder below which programs are built, and clears what
// graders that were killed have left in it: their folders carry their process
// number, and a process that lives is left alone.
func openWork(cache string) (string, error) {
	work := filepath.Join(cache, "work")
	if err := os.MkdirAll(work, 0o711); err != nil {
		return "", fmt.Errorf("making the folder to build in: %w", err)
	}
	entries, err := os.ReadDir(work)
	if err != nil {
		return "", fmt.Errorf("looking for what was left to build: %w", err)
	}
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), "-")
		if pid, err := strconv.Atoi(number); err == nil && !lives(pid) {
			os.RemoveAll(filepath.Join(work, e.Name())) // another grader may be quicker
		}
	}
	return work, nil
}

// lives reports whether there is such a process.
func lives(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && p.Signal(syscall.Signal(0)) == nil
}

// workFolder makes a folder for one program. Whoever asks for it removes it.
func (g *Grader) workFolder() (string, error) {
	dir, err := os.MkdirTemp(g.work, strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return "", fmt.Errorf("making a folder to build in: %w", err)
	}
	return dir, nil
}

// openFolder makes one that the sandbox can execute from.
func (g *Grader) openFolder() (string, error) {
	dir, err := g.workFolder()
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", errors.Join(fmt.Errorf("opening the folder to the sandbox: %w", err), os.RemoveAll(dir))
	}
	return dir, nil
}
