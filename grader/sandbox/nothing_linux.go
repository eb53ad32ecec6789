//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
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
func (k *nothing) enter(j job, streams *streams) (_ *room, err error) {
	c := new(crossing)
	defer c.abandonIf(&err)
	if err := c.open(&syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setsid: true}); err != nil {
		return nil, err
	}
	if err := c.opens(j.Path); err != nil {
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
	r := c.room(s, streams)
	started, admit := false, r.admit
	r.admit = func() error {
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

// writeLists writes the files that the race detector reads at its start.
func writeLists(dir string, s spec) (map[string]string, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	shown := map[string]string{os.DevNull: os.DevNull}
	for name, list := range map[string][][]byte{"environ": s.Env, "cmdline": s.Args} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, zeroEnded(list), 0o400); err != nil {
			return nil, err
		}
		shown["/proc/self/"+name] = path
	}
	for _, l := range s.Libraries {
		shown[l.Target] = l.Source
	}
	return shown, nil
}

// usedThreads counts the threads of our user, in which RLIMIT_NPROC includes the
// program's.
func usedThreads() int {
	count := 0
	stats, _ := filepath.Glob("/proc/[0-9]*/status")
	for _, name := range stats {
		text, _ := os.ReadFile(name)
		if field(text, "Uid:") == strconv.Itoa(os.Getuid()) {
			n, _ := strconv.Atoi(field(text, "Threads:"))
			count += n
		}
	}
	return count
}

// field returns the first word behind a name at the start of a line.
func field(text []byte, name string) string {
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte(name)); ok {
			if words := bytes.Fields(rest); len(words) > 0 {
				return string(words[0])
			}
		}
	}
	return ""
}
