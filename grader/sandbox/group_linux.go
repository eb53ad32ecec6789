//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// cgroup is the group of one run. A nil cgroup is none: tier B.
type cgroup struct {
	dir     string
	unified bool
	folder  *os.File // version 2: processes are born into it
}

// group makes a group with the memory limit of l. A nil receiver makes none.
func (g *cgroups) group(l Limits) (_ *cgroup, err error) {
	if g == nil {
		return nil, nil
	}
	c := &cgroup{dir: filepath.Join(g.dir, strconv.FormatUint(g.serial.Add(1), 10)), unified: g.unified}
	if err := os.Mkdir(c.dir, 0o755); err != nil {
		return nil, fmt.Errorf("making a cgroup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("setting up a cgroup: %w", err), c.remove())
		}
	}()
	for _, s := range c.settings(l) {
		err := writeControl(c.dir, s.name, s.value)
		if err != nil && !(s.optional && errors.Is(err, fs.ErrNotExist)) {
			return nil, err
		}
	}
	if g.unified {
		c.folder, err = os.Open(c.dir)
	}
	return c, err
}

type setting struct {
	name, value string
	optional    bool // absent where the kernel does not account for swap
}

func (c *cgroup) settings(l Limits) []setting {
	memory := strconv.FormatInt(l.Memory, 10)
	if c.unified {
		return []setting{
			{"memory.max", memory, false}, {"memory.swap.max", "0", true},
			{"memory.oom.group", "1", false}, {"pids.max", strconv.Itoa(l.Processes), false},
		}
	}
	return []setting{{"memory.limit_in_bytes", memory, false}, {"memory.memsw.limit_in_bytes", memory, true}}
}

// join has the process be born into the group, where the kernel can.
func (c *cgroup) join(a *syscall.SysProcAttr) {
	if c != nil && c.unified {
		a.UseCgroupFD, a.CgroupFD = true, int(c.folder.Fd())
	}
}

// add moves process pid into the group, unless it was born into it.
func (c *cgroup) add(pid int) error {
	if c == nil || c.unified {
		return nil
	}
	if err := writeControl(c.dir, "cgroup.procs", strconv.Itoa(pid)); err != nil {
		return &SetupError{"cgroup", err}
	}
	return nil
}

// memory returns the peak of the group in bytes, and whether the kernel killed
// for it.
func (c *cgroup) memory() (peak int64, killed bool) {
	peakFile, eventFile := "memory.max_usage_in_bytes", "memory.oom_control"
	if c.unified {
		peakFile, eventFile = "memory.peak", "memory.events" // memory.peak since Linux 5.19
	}
	peak, _ = strconv.ParseInt(readControl(c.dir, peakFile), 10, 64)
	for line := range strings.Lines(readControl(c.dir, eventFile)) {
		if count, ok := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); ok {
			killed = count != "0"
		}
	}
	return peak, killed
}

// remove removes the group, whose processes have ended.
func (c *cgroup) remove() error {
	if c == nil {
		return nil
	}
	if c.folder != nil {
		c.folder.Close()
	}
	return removeGroup(c.dir)
}

func writeControl(dir, name, value string) error {
	return os.WriteFile(filepath.Join(dir, name), []byte(value), 0)
}

func readControl(dir, name string) string {
	b, _ := os.ReadFile(filepath.Join(dir, name))
	return strings.TrimSpace(string(b))
}
