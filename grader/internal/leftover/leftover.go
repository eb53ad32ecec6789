// Package leftover makes temporary folders that carry the number of the process
// that made them, so that those of a process that was killed can be told from those
// of one that lives.
package leftover

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Make makes a folder below dir, "" being that for temporary files. Its name is the
// prefix, our number, and something random. Whoever asks for it removes it.
func Make(dir, prefix string) (string, error) {
	return os.MkdirTemp(dir, prefix+strconv.Itoa(os.Getpid())+"-")
}

// Clear removes the folders below dir with that prefix of processes that are no
// more. What cannot be removed is no reason to stop: another server may be quicker,
// or another user's may have left it. Only a folder that cannot be read is an error.
//
// A number of ours may have been another process's before, and one in another
// container is out of sight: servers that share such a folder share the processes
// that they see, too.
func Clear(dir, prefix string) error {
	if dir == "" {
		dir = os.TempDir()
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), prefix)
		number, _, made := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(number); ok && made && err == nil && e.IsDir() && !lives(pid) {
			_ = remove(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// remove removes a folder, with folders in it that nobody may write to.
func remove(dir string) error {
	err := os.RemoveAll(dir)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}

// lives reports whether there is such a process, maybe somebody else's.
func lives(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) // Windows cannot ask
}
