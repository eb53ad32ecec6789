//go:build linux && (amd64 || arm64)

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
)

// nothing confines programs by the filter alone, for an ordinary user where there
// are no namespaces.
type nothing struct {
	state  *state // what programs are shown that is not the host's
	serial atomic.Uint64
}

// openTierD tries the filter.
func openTierD(ctx context.Context, _ Config) (*Backend, string, error) {
	if os.Getuid() == 0 {
		return nil, "user", errors.New("a program of root's must have another root and user")
	}
	state, err := newState()
	if err != nil {
		return nil, "state", err
	}
	b := &Backend{
		tier: TierD, way: inNothing, confine: (&nothing{state: state}).enter, state: state,
		lacks: []string{LackIsolation, LackMemoryCgroup, LackFiles, LackUser},
	}
	if step, err := b.tryWalls(ctx); err != nil {
		return nil, step, errors.Join(err, b.Close())
	}
	return b, "", nil
}

// enter makes a room for one program, with a clerk.
func (k *nothing) enter(j job, report *os.File) (_ *room, err error) {
	c := new(crossing)
	defer c.closeIf(&err)
	if err := c.open(j, report); err != nil {
		return nil, err
	}
	s := specOf(j, inNothing)
	if s.Libraries, err = librariesOf(j.Path); err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	s.Limits.Processes += usedThreads()
	dir := filepath.Join(k.state.dir, strconv.FormatUint(k.serial.Add(1), 10))
	shown, err := writeLists(dir, s)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("making files to be shown: %w", err), os.RemoveAll(dir))
	}
	clerk, theirs, err := newClerk(&c.held, shown)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("making a socket: %w", err), os.RemoveAll(dir))
	}
	c.cmd.ExtraFiles = append(c.cmd.ExtraFiles, theirs)
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setsid: true}
	r := c.room(s, nil)
	started, admit := false, r.admit
	r.admit = func() error {
		theirs.Close()
		clerk.start()
		started = true
		return admit()
	}
	r.close = func() error {
		if started {
			clerk.wait()
		}
		c.held.close()
		return os.RemoveAll(dir)
	}
	return r, nil
}
