//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

const (
	// probeName in argv[0] makes a process the program that tries the walls.
	probeName = "/manche-sandbox-probe"
	probeHog  = "hog" // as argument: touch too much memory
	// probeMemory is room for the start of any program of ours, in bytes, and
	// probeTouched is too much for it.
	probeMemory, probeTouched = 128 << 20, 256 << 20
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
	if !c.NoCgroup {
		b, step, err := openTierA(ctx, c)
		if err == nil {
			return b, nil
		}
		failed(TierA, step, err)
	}
	w := &walls{hostUser: c.HostUser}
	b := &Backend{tier: TierB, lacks: []string{LackMemoryCgroup}, confine: w.enter, cell: w.cell}
	if step, err := b.tryWalls(ctx); err != nil {
		failed(TierB, step, err)
		return nil, failures
	}
	return b, failures
}

func openTierA(ctx context.Context, c Config) (_ *Backend, step string, err error) {
	groups, err := openCgroups()
	if err != nil {
		return nil, "cgroup", err
	}
	w := &walls{hostUser: c.HostUser, groups: groups}
	b := &Backend{tier: TierA, confine: w.enter, cell: w.cell, groups: groups}
	step, err = b.tryWalls(ctx)
	if err == nil {
		step, err = "cgroup-memory", b.tryMemory(ctx)
	}
	if err != nil {
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
	var report bytes.Buffer
	res, err := b.probe(ctx, &report)
	if err != nil {
		return "run", err
	}
	if got := report.String(); got != "ok" {
		return "wall-" + got, fmt.Errorf("the probe said %q and ended by %s, code %d: %.200q", got, res.Stop, res.ExitCode, res.Output)
	}
	return "", nil
}

// tryMemory runs a probe that must die of its memory limit.
func (b *Backend) tryMemory(ctx context.Context) error {
	res, err := b.probe(ctx, new(bytes.Buffer), probeHog)
	if err == nil && res.Stop != MemoryLimit {
		err = fmt.Errorf("a probe that touched too much memory ended by %s", res.Stop)
	}
	return err
}

// runProbe tries the walls from within and tells the report the first that
// does not hold, or "ok".
func runProbe() {
	if len(os.Args) > 1 {
		_, _ = unix.Mmap(-1, 0, probeTouched, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_POPULATE)
		os.Exit(1) // alive, which is the failure
	}
	verdict := "ok"
	for _, wall := range []struct {
		key   string
		holds func() bool
	}{
		{"pid", func() bool { return os.Getpid() == 1 }},
		{"user", func() bool { return os.Getuid() == insideID }},
		{"files", func() bool { return hasNo("/etc") && hasNo("/proc/1") && hasNo("/sys") }},
		{"read-only", func() bool { return errors.Is(os.Mkdir("/x", 0o700), unix.EROFS) }},
		{"scratch", func() bool { return os.Mkdir("/tmp/x", 0o700) == nil }},
		{"socket", func() bool { _, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0); return err == unix.EPERM }},
		{"exec", func() bool { return unix.Exec(programName, nil, nil) == unix.EPERM }},
	} {
		if !wall.holds() {
			verdict = wall.key
			break
		}
	}
	_, _ = unix.Write(fdReport, []byte(verdict))
	os.Exit(0)
}

func hasNo(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}
