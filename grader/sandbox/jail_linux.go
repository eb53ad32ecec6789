//go:build linux && (amd64 || arm64)

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// jail confines programs by another root and by users of their own, for root in a
// container that lets nobody make namespaces.
type jail struct {
	state  *state // the roots
	users  users
	serial atomic.Uint64

	mu     sync.Mutex
	copies map[string]string // of libraries, by their source
}

// openTierC tries the walls that need no namespaces.
func openTierC(ctx context.Context, c Config) (*Backend, string, error) {
	if os.Getuid() != 0 {
		return nil, "user", errors.New("only root can change the root and the user of a program")
	}
	state, err := newState()
	if err != nil {
		return nil, "state", err
	}
	j := &jail{state: state, users: users{first: c.HostUser}, copies: make(map[string]string)}
	b := &Backend{
		tier: TierC, way: inRoot, confine: j.enter, state: state,
		lacks: []string{LackIsolation, LackMemoryCgroup, LackScratch, LackNoExec},
	}
	if step, err := b.tryWalls(ctx); err != nil {
		return nil, step, errors.Join(err, b.Close())
	}
	return b, "", nil
}

// enter makes a room for one program.
func (k *jail) enter(j job, streams *streams) (_ *room, err error) {
	c := new(crossing)
	defer c.abandonIf(&err)
	if err := c.open(&syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setsid: true}); err != nil {
		return nil, err
	}
	if err := c.opens(j.Path); err != nil {
		return nil, err
	}
	libraries, err := librariesOf(j.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	s := specOf(j, inRoot)
	s.Libraries, s.User = libraries, k.users.take()
	s.Root = filepath.Join(k.state.dir, strconv.FormatUint(k.serial.Add(1), 10))
	leave := func() error { k.users.give(s.User); return os.RemoveAll(s.Root) }
	if err := k.furnish(s); err != nil {
		return nil, errors.Join(fmt.Errorf("making a root: %w", err), leave())
	}
	r := c.room(s, streams)
	r.close = func() error { c.held.close(); return leave() }
	return r, nil
}

// furnish makes the root: a scratch folder, the one device, and the libraries.
func (k *jail) furnish(s spec) error {
	for _, dir := range []string{"", "tmp", "dev"} {
		if err := os.Mkdir(filepath.Join(s.Root, dir), 0o755); err != nil {
			return err
		}
	}
	if err := os.Chown(filepath.Join(s.Root, "tmp"), s.User, s.User); err != nil {
		return err
	}
	null := filepath.Join(s.Root, os.DevNull)
	if err := unix.Mknod(null, unix.S_IFCHR, int(unix.Mkdev(1, 3))); err != nil {
		return &os.PathError{Op: "mknod", Path: null, Err: err}
	}
	if err := os.Chmod(null, 0o666); err != nil {
		return err
	}
	for _, l := range s.Libraries {
		from, err := k.copyOf(l.Source)
		if err != nil {
			return err
		}
		to := filepath.Join(s.Root, l.Target)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Link(from, to); err != nil {
			return err
		}
	}
	return nil
}

// copyOf returns a copy of a library beside the roots, made once.
func (k *jail) copyOf(source string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if path := k.copies[source]; path != "" {
		return path, nil
	}
	path := filepath.Join(k.state.dir, "library"+strings.ReplaceAll(source, "/", "-"))
	from, err := os.Open(source)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	if err = errors.Join(err, to.Close()); err == nil {
		k.copies[source] = path
	}
	return path, err
}

// users gives each program under way a user id of its own, so that none can reach
// another's files, and the limit on threads counts its own.
type users struct {
	first int
	mu    sync.Mutex
	taken map[int]bool
}

// take returns the lowest free id.
func (u *users) take() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	id := u.first
	for u.taken[id] {
		id++
	}
	if u.taken == nil {
		u.taken = make(map[int]bool)
	}
	u.taken[id] = true
	return id
}

// give takes an id back.
func (u *users) give(id int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.taken, id)
}
