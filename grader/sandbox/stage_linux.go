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

// Init must be the first call of main, and of TestMain in packages whose tests
// run a sandbox. When this process was started as the sandbox's first stage, it
// puts up the walls around itself, executes the program in its own place and
// never returns; otherwise it returns at once.
func Init() {
	switch {
	case len(os.Args) == 0:
	case os.Args[0] == stageName:
		runStage()
	case os.Args[0] == toolStageName:
		runToolStage()
	case os.Args[0] == probeName:
		runProbe()
	}
}

// stage is this process on its way to become the program.
type stage struct {
	spec
	parent *json.Decoder
	ticket ticket
	filter []bpf.RawInstruction
}

// runStage reports what failed and exits; when nothing fails, the program has
// taken the place of this process.
func runStage() {
	runtime.LockOSThread() // privileges and the filter belong to threads
	step, err := new(stage).run()
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
		// Before anything is read: a parent that is dead by now says nothing.
		{"parent-death", dieWithParent},
		{"spec", s.read},
		{"tree", s.buildTree},
		{"privileges", dropPrivileges},
		{"descriptors", closeDescriptors},
		{"prepare", s.prepare},
		{"gate", s.wait},
		{"rlimits", s.limitResources},
		{"exec", s.execute},
	} {
		if err := step.do(); err != nil {
			return step.key, err
		}
	}
	return "exec", errors.New("the program did not start")
}

func dieWithParent() error {
	return unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
}

// closeDescriptors has the exec close what was inherited from whoever started
// our parent, and what the stage itself has opened.
func closeDescriptors() error {
	return unix.CloseRange(fdReport+1, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC)
}

// read learns what to do.
func (s *stage) read() error {
	s.parent = json.NewDecoder(os.NewFile(fdSpec, "spec"))
	return s.parent.Decode(&s.spec)
}

// wait returns when the parent has put this process into its cgroup.
func (s *stage) wait() error {
	var word string
	if err := s.parent.Decode(&word); err != nil {
		return err
	}
	if word != permission {
		return fmt.Errorf("the parent said %q", word)
	}
	return nil
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
func dropPrivileges() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	for c := uintptr(0); unix.Prctl(unix.PR_CAPBSET_READ, c, 0, 0, 0) == nil; c++ {
		if err := unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0); err != nil {
			return fmt.Errorf("bounding set, capability %d: %w", c, err)
		}
	}
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return fmt.Errorf("ambient set: %w", err)
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return fmt.Errorf("capset: %w", err)
	}
	return dieWithParent() // some changes of privilege clear it
}
