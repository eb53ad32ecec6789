//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// statePrefix begins the name of every server's folder of what runs need.
const statePrefix = "manche-sandbox-"

// state is this server's folder for temporary files, with one folder for each
// run. Like that of the cgroups it is locked while the server lives. A nil state
// is none.
type state struct {
	dir  string
	lock *os.File
}

// newState makes this server's folder, and clears those of dead servers.
func newState() (*state, error) {
	dir, lock, err := ownFolder(func() (string, error) {
		return os.MkdirTemp("", statePrefix+strconv.Itoa(os.Getpid())+"-")
	})
	if err != nil {
		return nil, err
	}
	s := &state{dir, lock}
	_ = s.sweep() // what cannot be removed is no reason to do without ours
	return s, nil
}

// sweep removes the folders of servers that are no more; nothing is mounted there
// that we could see.
func (s *state) sweep() error {
	if s == nil {
		return nil
	}
	dirs, err := filepath.Glob(filepath.Join(filepath.Dir(s.dir), statePrefix+"*"))
	for _, dir := range dirs {
		if dir != s.dir {
			err = errors.Join(err, sweepState(dir))
		}
	}
	return err
}

func sweepState(dir string) error {
	lock, err := lockFolder(dir)
	if errors.Is(err, unix.EWOULDBLOCK) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil // in use, swept by another, or another user's
	}
	if err != nil {
		return err
	}
	defer lock.Close()
	return os.RemoveAll(dir)
}

// close removes this server's folder.
func (s *state) close() error {
	if s == nil {
		return nil
	}
	return errors.Join(os.RemoveAll(s.dir), s.lock.Close())
}
