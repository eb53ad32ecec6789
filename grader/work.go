package grader

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"manche/grader/internal/leftover"
)

// openWork makes the folder below which programs are built, and clears what
// graders that were killed have left in it: their folders carry their process
// number, and a process that lives is left alone.
func openWork(cache string) (string, error) {
	work := filepath.Join(cache, "work")
	if err := os.MkdirAll(work, 0o711); err != nil {
		return "", fmt.Errorf("making the folder to build in: %w", err)
	}
	if err := leftover.Clear(work, ""); err != nil {
		return "", fmt.Errorf("looking for what was left to build: %w", err)
	}
	return work, nil
}

// workFolder makes a folder for one program. Whoever asks for it removes it.
func (g *Grader) workFolder() (string, error) {
	dir, err := leftover.Make(g.work, "")
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
