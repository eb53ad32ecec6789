//go:build linux && (amd64 || arm64)

package sandbox

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// groupPrefix begins the name of every server's folder of cgroups.
	groupPrefix = "manche-"
	// removePatience and removeEvery bound the wait for the kernel to let go of
	// the last task of a cgroup, some milliseconds after its end was reported, or
	// more on a busy machine.
	removePatience, removeEvery = 5 * time.Second, time.Millisecond
)

// cgroups is this server's folder in the hierarchy that controls memory; every
// run has a group in it to itself. The folder is locked for as long as the server lives,
// however it dies: an unlocked folder is a dead server's.
type cgroups struct {
	base    string // where servers have their folders
	dir     string // ours
	lock    *os.File
	unified bool // version 2
	serial  atomic.Uint64

	mu   sync.Mutex
	free []*seat // version 1: seats that no run has
}

// next returns the name of a new group.
func (g *cgroups) next() string {
	return filepath.Join(g.dir, strconv.FormatUint(g.serial.Add(1), 10))
}

// openCgroups makes this server's folder at the first place where that works.
func openCgroups() (*cgroups, error) {
	self, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil, err
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	failure := errors.New("no memory controller is mounted")
	for i, p := range cgroupPlaces(string(self), string(mounts)) {
		g, err := openCgroupsAt(p)
		if err == nil {
			return g, nil
		}
		if i == 0 {
			failure = nil
		}
		failure = errors.Join(failure, err)
	}
	return nil, failure
}

func openCgroupsAt(p cgroupPlace) (_ *cgroups, err error) {
	g := &cgroups{base: p.dir, unified: p.unified}
	if g.unified {
		if err := delegate(g.base); err != nil {
			return nil, err
		}
	}
	_ = g.sweep() // what cannot be removed is no reason to do without a cgroup
	g.dir, g.lock, err = ownFolder(func() (string, error) {
		dir := filepath.Join(g.base, groupPrefix+strconv.Itoa(os.Getpid())+"-"+rand.Text()[:8])
		return dir, os.Mkdir(dir, 0o755)
	})
	if err != nil {
		return nil, err
	}
	if g.unified {
		if err := delegate(g.dir); err != nil {
			return nil, errors.Join(err, g.close())
		}
	}
	return g, nil
}

// delegate lets the folders below dir have limits of their own (version 2).
func delegate(dir string) error {
	return writeControl(dir, "cgroup.subtree_control", "+memory +pids")
}

// lockFolder locks dir until the file is closed, if nobody else has.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "lock", Path: dir, Err: err}
	}
	return f, nil
}

// ownTries is how often a folder is made anew that another server has swept: each
// server does so once, at its start.
const ownTries = 10

// ownFolder makes a folder and locks it. In between, a server that starts at the
// same time may take it for a dead one's and remove it.
func ownFolder(mkdir func() (string, error)) (dir string, lock *os.File, err error) {
	for range ownTries {
		if dir, err = mkdir(); err != nil {
			return "", nil, err
		}
		if lock, err = lockFolder(dir); err == nil {
			if err = stands(lock, dir); err == nil {
				return dir, lock, nil
			}
			lock.Close()
		}
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	_ = os.Remove(dir) // another's, or of no more use
	return "", nil, err
}

// stands fails with fs.ErrNotExist where an open folder is no longer that of the
// name.
func stands(folder *os.File, name string) error {
	open, err := folder.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(name)
	if err == nil && !os.SameFile(open, named) {
		err = fs.ErrNotExist
	}
	return err
}

// sweep removes the folders of servers that are no more.
func (g *cgroups) sweep() error {
	if g == nil {
		return nil
	}
	dirs, err := filepath.Glob(filepath.Join(g.base, groupPrefix+"*"))
	for _, dir := range dirs {
		if dir != g.dir {
			err = errors.Join(err, sweepFolder(dir))
		}
	}
	return err
}

func sweepFolder(dir string) error {
	lock, err := lockFolder(dir)
	if errors.Is(err, unix.EWOULDBLOCK) || errors.Is(err, fs.ErrNotExist) {
		return nil // in use, or swept by another
	}
	if err != nil {
		return err
	}
	defer lock.Close()
	return removeFolder(dir)
}

// removeFolder removes a server's folder and the groups in it.
func removeFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() {
			err = errors.Join(err, removeGroup(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(err, removeGroup(dir))
}

// removeGroup removes one cgroup. A group without processes can still be busy
// for a moment, and the kernel has no event for its end (in version 1).
func removeGroup(dir string) error {
	deadline := time.NewTimer(removePatience)
	defer deadline.Stop()
	again := time.NewTicker(removeEvery)
	defer again.Stop()
	for {
		err := syscall.Rmdir(dir)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != unix.EBUSY {
			return &fs.PathError{Op: "remove", Path: dir, Err: err}
		}
		select {
		case <-again.C:
		case <-deadline.C:
			return &fs.PathError{Op: "remove", Path: dir, Err: err}
		}
	}
}

// close removes this server's folder.
func (g *cgroups) close() error {
	if g == nil {
		return nil
	}
	var err error
	for _, s := range g.free {
		err = errors.Join(err, s.leave())
	}
	g.free = nil
	return errors.Join(err, removeFolder(g.dir), g.lock.Close())
}
