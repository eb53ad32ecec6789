//go:build linux && (amd64 || arm64)

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// stageExit is the first stage's exit code when it fails; nobody reads it.
const stageExit = 125

// pendingSignals bounds timers and queued signals, which take kernel memory;
// profiling takes one timer for each thread.
const pendingSignals = 1024

// When this process was started as the sandbox's first stage, it puts up the walls
// around itself and executes the program in its own place. It does so before main:
// most of what a program like ours imports comes after this package, and setting
// that up would take longer than all the walls.
func init() {
	switch {
	case len(os.Args) == 0:
	case os.Args[0] == stageName || os.Args[0] == guestStage:
		runStage()
	case os.Args[0] == toolStageName:
		runToolStage()
	case os.Args[0] == probeName:
		runProbe()
	case os.Args[0] == wardenName:
		runWarden()
	}
}

// stage is this process on its way to become the program.
type stage struct {
	spec
	program int // descriptor of the executable
	ticket  ticket
	filter  []bpf.RawInstruction
}

// runStage reports what failed and exits; when nothing fails, the program has
// taken the place of this process.
func runStage() {
	runtime.LockOSThread() // privileges and the filter belong to threads
	s := stage{program: fdProgram}
	step, err := s.run()
	report, _ := json.Marshal(stageFailure{step, err.Error()})
	_, _ = unix.Write(fdStatus, report) // without a reader there is nobody to tell
	os.Exit(stageExit)
}

// run returns the step that failed, and why.
func (s *stage) run() (string, error) {
	for _, step := range []struct {
		key string
		do  func() error
	}{
		{"spec", s.read},
		{"tree", s.enclose},
		{"privileges", s.dropPrivileges},
		{"descriptors", closeDescriptors},
		{"prepare", s.prepare},
		{"rlimits", s.limitResources},
		{"exec", s.execute},
	} {
		if err := step.do(); err != nil {
			return step.key, err
		}
	}
	return "exec", errors.New("the program did not start")
}

// dieWithParent asks for it again, where the request was lost that this process was
// born with.
func dieWithParent() error {
	return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
}

// closeDescriptors has the exec close what was inherited from whoever started
// our parent, and what the stage itself has opened.
func closeDescriptors() error {
	return unix.CloseRange(fdReport+1, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC)
}

// read learns what to do, which the parent says when this process is in its cgroup,
// within its limits. A parent that has died meanwhile says nothing. In a guest the
// descriptors are in their places from the beginning.
func (s *stage) read() error {
	if os.Args[0] == guestStage {
		return json.NewDecoder(os.NewFile(fdSpec, "spec")).Decode(&s.spec)
	}
	return s.hear()
}

// limitResources sets what setrlimit(2) can bound. RLIMIT_NPROC must come
// before the filter, which would refuse it.
func (s *stage) limitResources() error {
	l := s.Limits
	for _, r := range []struct {
		resource int
		value    uint64
	}{
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_MEMLOCK, 0},
		{unix.RLIMIT_MSGQUEUE, 0},
		{unix.RLIMIT_SIGPENDING, pendingSignals},
		{unix.RLIMIT_NOFILE, uint64(l.Files)},
		{unix.RLIMIT_FSIZE, uint64(l.Scratch)},
		{unix.RLIMIT_NPROC, uint64(l.Processes)},
		// Behind the odometer, which stops at the exact time and with a dump.
		{unix.RLIMIT_CPU, uint64(l.CPU.Seconds()) + 2},
		{unix.RLIMIT_DATA, dataFence(l.Memory)},
	} {
		if s.Way == inGuest && leftToHost(r.resource) {
			continue
		}
		if err := unix.Prlimit(0, r.resource, &unix.Rlimit{Cur: r.value, Max: r.value}, nil); err != nil {
			return fmt.Errorf("limit %d: %w", r.resource, err)
		}
	}
	return nil
}

// dataFence is the address space for data, in bytes, of a program that may have
// memory resident bytes. It holds off what is asked for at one stroke, before
// any of it is resident; the Go runtime then dies of "out of memory" by itself.
// A race-enabled program needs 512 MB to start and some 3.6 bytes of address
// space for one of heap, against 2.2 resident ones.
func dataFence(memory int64) uint64 { return 512<<20 + 4*uint64(memory) }

// dropPrivileges gives up every capability, for good. Together with the filter
// that follows, nothing brings one back.
func (s *stage) dropPrivileges() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	for c := uintptr(0); s.Way != inNothing && unix.Prctl(unix.PR_CAPBSET_READ, c, 0, 0, 0) == nil; c++ {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0); err != nil {
			return fmt.Errorf("bounding set, capability %d: %w", c, err)
		}
	}
	if err := s.changeUser(); err != nil {
		return err
	}
	// Without permitted capabilities there are no ambient ones.
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return fmt.Errorf("capset: %w", err)
	}
	return nil
}
