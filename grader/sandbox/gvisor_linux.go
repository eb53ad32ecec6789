//go:build linux && (amd64 || arm64)

package sandbox

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// gvisorPlatform works on every machine; kvm hangs on some that have /dev/kvm.
	gvisorPlatform = "systrap"
	// gvisorPatience is how long trying gVisor may take: a second is usual, and
	// where it does not work it may hang.
	gvisorPatience = 15 * time.Second
	// gvisorMemory, in bytes, is what gVisor takes beside the program: its own
	// kernel, the file server and runsc.
	gvisorMemory = 56 << 20
	// gvisorTasks is how many threads of the host it may have: its kernel's, and
	// those of the program's that run at a time.
	gvisorTasks = 1024
	// gvisorGrace is how long a program out of time may take to print its stacks:
	// the signal goes through one more program.
	gvisorGrace = time.Second
)

// gvisor confines programs by a kernel of their own, with the walls of the
// embedded sandbox inside; groups may be nil.
type gvisor struct {
	runsc  string
	stage  executable
	state  *state // bundles, and what runsc keeps
	groups *cgroups
	serial atomic.Uint64
}

// executable is a program of the host, and the libraries that it needs.
type executable struct {
	path      string
	libraries []library
}

// ownExecutable is this very program.
func ownExecutable() (executable, error) {
	path, err := os.Executable()
	if err != nil {
		return executable{}, err
	}
	libraries, err := librariesOf(path)
	return executable{path, libraries}, err
}

// openGVisor tries runsc.
func openGVisor(ctx context.Context, c Config) (_ *Backend, step string, err error) {
	runsc, err := exec.LookPath(cmp.Or(c.Runsc, "runsc"))
	if err != nil {
		return nil, "runsc", err
	}
	g, err := newGVisor(runsc)
	if err != nil {
		return nil, "runsc-state", err
	}
	b := &Backend{tier: TierGVisor, lacks: []string{LackKernelLimits}, way: inGuest, confine: g.enter, state: g.state}
	if canIsolate() == nil {
		b.cell = (&walls{hostUser: c.HostUser}).cell // which need not wait for runsc
	}
	if !c.NoCgroup {
		g.groups, _ = openCgroups() // without them, memory is sampled
	}
	if b.groups = g.groups; b.groups == nil {
		b.lacks = append(b.lacks, LackMemoryCgroup)
	}
	ctx, cancel := context.WithTimeout(ctx, gvisorPatience)
	defer cancel()
	if step, err = b.tryWalls(ctx); err != nil {
		return nil, step, errors.Join(err, b.Close())
	}
	return b, "", nil
}

// newGVisor makes what all runs share.
func newGVisor(runsc string) (*gvisor, error) {
	stage, err := ownExecutable()
	if err != nil {
		return nil, err
	}
	if runsc, err = filepath.Abs(runsc); err != nil {
		return nil, err
	}
	state, err := newState()
	return &gvisor{runsc: runsc, stage: stage, state: state}, err
}

// enter makes a room for j under a kernel of its own.
func (g *gvisor) enter(j job, streams *streams) (_ *room, err error) {
	name := "run-" + strconv.FormatUint(g.serial.Add(1), 10)
	dir := filepath.Join(g.state.dir, name)
	var held files
	defer func() {
		if err != nil {
			held.close()
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if j.Path, err = filepath.EvalSymlinks(j.Path); err != nil {
		return nil, fmt.Errorf("preparing to run a program: %w", err)
	}
	libraries, err := librariesOf(j.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	if err := bundleOf(j, g.stage, libraries).write(dir); err != nil {
		return nil, fmt.Errorf("describing a container: %w", err)
	}
	specR, specW := held.pipe()
	statusR, statusW := held.pipe()
	if held.err != nil {
		return nil, fmt.Errorf("preparing to run %s: %w", j.Path, held.err)
	}
	group, err := g.groups.group()
	if err != nil {
		return nil, err
	}
	s := specOf(j, inGuest)
	s.Root, s.User, s.Libraries = guestBox, insideID, libraries
	cmd := g.command(dir, name, streams.report.write, specR, statusW)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = streams.stdin, streams.output.write, streams.output.write
	r := g.room(cmd, group, s, specW, statusR)
	r.close = func() error {
		held.close()
		return errors.Join(group.release(), os.RemoveAll(dir))
	}
	return r, nil
}

// boundsOf is what a program with limits l may take together with its kernel.
func boundsOf(l Limits) Limits {
	l.Memory, l.Processes = l.Memory+gvisorMemory, l.Processes+gvisorTasks
	return l
}

// command starts a warden in namespaces of its own. All that it mounts, and what
// runsc does, vanish with them.
func (g *gvisor) command(dir, name string, passed ...*os.File) *exec.Cmd {
	flags, _ := json.Marshal([]string{
		"--root", filepath.Join(dir, "state"), "--platform", gvisorPlatform, "--network", "none", "--gofer-network-namespace", "new",
		"--ignore-cgroups", "--overlay2", "root:memory", "--file-access-mounts", "exclusive",
	}) // strings
	attr := &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWIPC, Pdeathsig: syscall.SIGKILL, Setsid: true}
	if uid := os.Getuid(); uid != 0 {
		attr.Cloneflags |= unix.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	return &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{wardenName, g.runsc, string(flags), dir, name},
		Env: stageEnv(), ExtraFiles: passed, SysProcAttr: attr,
	}
}

func (g *gvisor) room(cmd *exec.Cmd, group *cgroup, s spec, specW, statusR *os.File) *room {
	var m *convoy
	bounds := boundsOf(s.Limits)
	return &room{
		walled: true, grace: gvisorGrace, ending: guestEnding,
		start: func() (*child, error) { return group.bear(cmd) },
		admit: func() error {
			for _, f := range cmd.ExtraFiles[1:] {
				f.Close()
			}
			if err := group.bound(bounds); err != nil {
				return err
			}
			return admitGuest(s, specW, statusR)
		},
		sample: func(pid int) meter { m = newConvoy(pid, group == nil); return m },
		memory: func() (int64, bool) {
			if group == nil {
				return m.peakMemory(), false
			}
			return group.memory()
		},
		cpu:  func() time.Duration { return m.spent() },
		late: func() error { rest, _ := io.ReadAll(statusR); return failureIn(rest) },
	}
}

// admitGuest is admit for a stage whose end of the status pipe others hold as
// well: that the last step has failed is known when all have ended.
func admitGuest(s spec, specW, statusR *os.File) error {
	sent := tell(s, specW)
	first := make([]byte, 1)
	switch _, err := io.ReadFull(statusR, first); {
	case err != nil && sent != nil:
		return &SetupError{"spec", sent}
	case err != nil:
		return &SetupError{"runsc", errors.New("the container ended before its first stage")}
	case first[0] == ready:
		return nil
	}
	rest, _ := io.ReadAll(statusR) // what comes is all that there is
	return failureIn(append(first, rest...))
}

// guestEnding makes out how a guest has ended. runsc tells it as a shell does.
func guestEnding(code int) (int, string) {
	if s := syscall.Signal(code - 128); s > 0 && unix.SignalName(s) != "" {
		return -1, unix.SignalName(s)
	}
	return code, ""
}
