//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// cgroup is the group of one run. A nil cgroup is none: tier B.
type cgroup struct {
	all    *cgroups
	dir    string
	folder *os.File // version 2: processes are born into it
	seat   *seat    // version 1: processes are born of it
	killed string   // the kernel's count of kills before the run
}

// group returns a group for a run, without limits so far. A nil receiver has none.
func (g *cgroups) group() (c *cgroup, err error) {
	if g == nil {
		return nil, nil
	}
	if g.unified {
		c, err = g.newGroup()
	} else {
		c, err = g.seated()
	}
	if err != nil {
		return nil, fmt.Errorf("making a cgroup: %w", err)
	}
	return c, nil
}

// newGroup makes a group (version 2).
func (g *cgroups) newGroup() (*cgroup, error) {
	c := &cgroup{all: g, dir: g.next(), killed: "0"}
	if err := os.Mkdir(c.dir, 0o755); err != nil {
		return nil, err
	}
	var err error
	if c.folder, err = os.Open(c.dir); err != nil {
		return nil, errors.Join(err, removeGroup(c.dir))
	}
	return c, nil
}

// seated returns the group of a free seat, or of a new one (version 1).
func (g *cgroups) seated() (*cgroup, error) {
	g.mu.Lock()
	var s *seat
	if n := len(g.free); n > 0 {
		s, g.free = g.free[n-1], g.free[:n-1]
	}
	g.mu.Unlock()
	if s == nil {
		var err error
		if s, err = takeSeat(g.next()); err != nil {
			return nil, err
		}
	}
	return &cgroup{all: g, dir: s.dir, seat: s, killed: killCount(s.dir, "memory.oom_control")}, nil
}

// bear starts cmd in the group.
func (c *cgroup) bear(cmd *exec.Cmd) (*child, error) {
	start := cmd.Start
	switch {
	case c == nil:
	case c.seat != nil:
		start = func() error { return c.seat.do(cmd.Start) }
	default:
		cmd.SysProcAttr.UseCgroupFD, cmd.SysProcAttr.CgroupFD = true, int(c.folder.Fd())
	}
	return bear(cmd, start)
}

// bound limits what has been started.
func (c *cgroup) bound(l Limits) error {
	var err error
	switch {
	case c == nil:
	case c.seat != nil:
		err = c.seat.bound(l.Memory)
	default:
		err = apply(c.dir, []setting{
			{"memory.max", strconv.FormatInt(l.Memory, 10), false}, {"memory.swap.max", "0", true},
			{"memory.oom.group", "1", false}, {"pids.max", strconv.Itoa(l.Processes), false},
		})
	}
	if err != nil {
		return &SetupError{"cgroup", err}
	}
	return nil
}

// memory returns the peak of the group in bytes, and whether the kernel killed
// for it.
func (c *cgroup) memory() (peak int64, killed bool) {
	peakFile, eventFile := "memory.peak", "memory.events" // memory.peak since Linux 5.19
	if c.seat != nil {
		peakFile, eventFile = "memory.max_usage_in_bytes", "memory.oom_control"
	}
	peak, _ = strconv.ParseInt(readControl(c.dir, peakFile), 10, 64)
	return peak, killCount(c.dir, eventFile) != c.killed
}

// release gives the group back; its processes have ended.
func (c *cgroup) release() error {
	if c == nil {
		return nil
	}
	if c.seat == nil {
		c.folder.Close()
		return removeGroup(c.dir)
	}
	if err := c.seat.unbound(); err != nil || c.seat.residue() > maxResidue {
		return errors.Join(err, c.seat.leave())
	}
	c.all.mu.Lock()
	defer c.all.mu.Unlock()
	c.all.free = append(c.all.free, c.seat)
	return nil
}

// setting is one control file of a group and what to write there.
type setting struct {
	name, value string
	optional    bool // absent where the kernel does not account for swap
}

func apply(dir string, settings []setting) error {
	for _, s := range settings {
		err := writeControl(dir, s.name, s.value)
		if err != nil && !(s.optional && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	return nil
}

func writeControl(dir, name, value string) error {
	return os.WriteFile(filepath.Join(dir, name), []byte(value), 0)
}

func readControl(dir, name string) string {
	b, _ := os.ReadFile(filepath.Join(dir, name))
	return strings.TrimSpace(string(b))
}

// killCount returns how many processes of a group the kernel has killed for
// memory, as the event file says it.
func killCount(dir, name string) string {
	for line := range strings.Lines(readControl(dir, name)) {
		if count, ok := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); ok {
			return count
		}
	}
	return "0"
}
