//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	// probeName in argv[0] makes a process the program that tries the walls.
	probeName = "/manche-sandbox-probe"
	// As arguments: after the way, touch too much memory in the end; do nothing.
	probeHog, probeIdle = "hog", "idle"
	// probeMemory is room for the start of any program of ours, in bytes, and
	// probeTouched is too much for it.
	probeMemory, probeTouched = 32 << 20, 64 << 20
)

// openWalls returns the strongest walled sandbox that works here, and what
// did not work.
func openWalls(ctx context.Context, c Config) (*Backend, []Failure) {
	var failures []Failure
	failed := func(t Tier, step string, err error) {
		var setup *SetupError
		if errors.As(err, &setup) {
			step, err = setup.Step, setup.Err
		}
		failures = append(failures, Failure{t, step, err})
	}
	for _, try := range tries(c) {
		b, step, err := try.open(ctx, c)
		if err == nil {
			return b, failures
		}
		failed(try.tier, step, err)
	}
	return nil, failures
}

// isolated is open where there are namespaces.
func isolated(open opener) opener {
	return func(ctx context.Context, c Config) (*Backend, string, error) {
		if err := canIsolate(); err != nil {
			return nil, "start", err
		}
		return open(ctx, c)
	}
}

type opener = func(context.Context, Config) (*Backend, string, error)

// try is a tier, and what opens it or says which step failed.
type try struct {
	tier Tier
	open opener
}

// tries are the tiers that may be chosen, best first.
func tries(c Config) []try {
	var list []try
	if c.Choice != GVisor {
		if !c.NoCgroup {
			list = append(list, try{TierA, isolated(openTierA)})
		}
		list = append(list, try{TierB, isolated(openTierB)})
	}
	if c.Choice != Embedded {
		list = append(list, try{TierGVisor, openGVisor})
	}
	if c.Choice != GVisor {
		list = append(list, try{TierC, openTierC}, try{TierD, openTierD})
	}
	return list
}

func openTierB(ctx context.Context, c Config) (*Backend, string, error) {
	w := newWalls(c, nil)
	b := &Backend{tier: TierB, lacks: []string{LackMemoryCgroup}, way: inNamespaces, confine: w.enter, cell: w.cell, waiting: w.waiting}
	if step, err := b.tryWalls(ctx); err != nil {
		return nil, step, err
	}
	return b, "", nil
}

// canIsolate has the kernel make namespaces for a process that does nothing. Where
// it refuses, a start with a map of users would leak a pipe: see forkAndExecInChild1
// of Go's package syscall, to which that is lost when clone fails.
func canIsolate() error {
	c := &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{probeName, probeIdle}, Env: stageEnv(),
		SysProcAttr: &syscall.SysProcAttr{Cloneflags: namespaceFlags, Pdeathsig: syscall.SIGKILL},
	}
	err := c.Start()
	if err == nil {
		_ = c.Wait() // that it was born is enough
	}
	if errors.Is(err, unix.EACCES) {
		return nil // born, and as nobody has no right to this program's folder
	}
	return err
}

func openTierA(ctx context.Context, c Config) (_ *Backend, step string, err error) {
	groups, err := openCgroups()
	if err != nil {
		return nil, "cgroup", err
	}
	w := newWalls(c, groups)
	b := &Backend{tier: TierA, way: inNamespaces, confine: w.enter, cell: w.cell, groups: groups, waiting: w.waiting}
	if step, err = b.tryWallsAndMemory(ctx); err != nil {
		return nil, step, errors.Join(err, b.Close())
	}
	return b, "", nil
}

// probe runs this very program as a probe.
func (b *Backend) probe(ctx context.Context, report *bytes.Buffer, args ...string) (Result, error) {
	return b.run(ctx, job{name: probeName, Program: Program{
		Path: "/proc/self/exe", Args: args, Report: report, Limits: Limits{Memory: probeMemory},
		Env: []string{"GOMAXPROCS=1", "GORACE=atexit_sleep_ms=0"},
	}})
}

// tryWalls runs a probe and returns what it got through, if anything.
func (b *Backend) tryWalls(ctx context.Context) (step string, err error) {
	_, step, err = b.try(ctx, string(b.way))
	return step, err
}

// tryWallsAndMemory runs a probe that, when it got through nothing, must die of its
// memory limit.
func (b *Backend) tryWallsAndMemory(ctx context.Context) (step string, err error) {
	res, step, err := b.try(ctx, string(b.way), probeHog)
	if err == nil && res.Stop != MemoryLimit {
		return "cgroup-memory", fmt.Errorf("a probe that touched too much memory ended by %s, code %d: %.200q", res.Stop, res.ExitCode, res.Output)
	}
	return step, err
}

// try runs a probe; the error tells the wall that does not hold.
func (b *Backend) try(ctx context.Context, args ...string) (res Result, step string, err error) {
	var report bytes.Buffer
	res, err = b.probe(ctx, &report, args...)
	if err != nil {
		return res, "run", err
	}
	if got := report.String(); got != "ok" {
		return res, "wall-" + got, fmt.Errorf("the probe said %q and ended by %s, code %d: %.200q", got, res.Stop, res.ExitCode, res.Output)
	}
	return res, "", nil
}

// runProbe tries the walls from within and tells the report the first that
// does not hold, or "ok".
func runProbe() {
	if os.Args[1] == probeIdle {
		os.Exit(0)
	}
	w, verdict := way(os.Args[1]), "ok"
	for _, wall := range []struct {
		key   string
		holds func() bool
	}{
		{"pid", func() bool { return w == inRoot || w == inNothing || os.Getpid() == 1 }},
		{"user", func() bool { return os.Getuid() != 0 && os.Getgid() != 0 }},
		{"null", func() bool { f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); f.Close(); return err == nil }},
		{"files", func() bool { return hasNo("/etc/passwd") && hasNo("/etc") && hasNo("/proc/1") && hasNo("/sys") }},
		{"read-only", func() bool { err := os.Mkdir("/x", 0o700); return err != nil && !errors.Is(err, fs.ErrExist) }},
		{"scratch", func() bool { return w == inNothing || os.Mkdir("/tmp/x", 0o700) == nil }},
		{"socket", func() bool { _, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err == unix.EPERM }},
		{"exec", func() bool { return unix.Exec(programName, nil, nil) == unix.EPERM }},
	} {
		if !wall.holds() {
			verdict = wall.key
			break
		}
	}
	_, _ = unix.Write(fdReport, []byte(verdict))
	if len(os.Args) > 2 && os.Args[2] == probeHog {
		_, _ = unix.Mmap(-1, 0, probeTouched, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_POPULATE)
		os.Exit(1) // alive, which is the failure
	}
	os.Exit(0)
}

func hasNo(path string) bool {
	_, known := os.Stat(path)
	f, err := os.Open(path)
	if err == nil {
		f.Close()
	}
	return known != nil && err != nil
}
