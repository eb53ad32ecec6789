//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// record names a command whose judged programs are watched.
var record = flag.String("record", "", "add the system calls of the programs that this `command` judges to "+recordedFile)

// TestRecordCalls notes which system calls real runs make, once their filter is
// in place: with -record "manche author check", say.
func TestRecordCalls(t *testing.T) {
	if *record == "" {
		return // only on demand: each call of each program stops it
	}
	runtime.LockOSThread() // the tracer of a process is one thread
	defer runtime.UnlockOSThread()
	seen, programs, err := traced(strings.Fields(*record))
	if err != nil {
		t.Fatal(err)
	}
	if programs == 0 {
		t.Fatal("the command has judged no program")
	}
	t.Logf("%d programs made %d calls", programs, len(seen))
	for c := range recorded(t) {
		seen[c] = true
	}
	writeRecorded(t, seen)
}

// tracer follows a command and its children.
type tracer struct {
	root     int
	judged   map[int]bool // threads of programs behind a filter
	calls    map[call]bool
	programs int
}

// traced runs a command and returns the calls that programs made in sandboxes,
// and how many programs there were.
func traced(command []string) (map[call]bool, int, error) {
	c := exec.Command(command[0], command[1:]...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := c.Start(); err != nil {
		return nil, 0, err
	}
	t := &tracer{root: c.Process.Pid, judged: make(map[int]bool), calls: make(map[call]bool)}
	err := t.follow()
	return t.calls, t.programs, errors.Join(err, c.Process.Release())
}

// follow handles stops until the command has ended.
func (t *tracer) follow() error {
	const options = unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACECLONE |
		unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_EXITKILL
	for begun := false; ; {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, unix.WALL, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return err
		case pid == t.root && (status.Exited() || status.Signaled()):
			return nil
		case !begun:
			begun = true
			if err := unix.PtraceSetOptions(pid, options); err != nil {
				return err
			}
			t.resume(pid, 0)
		case status.Stopped():
			t.stopped(pid, status)
		default:
			delete(t.judged, pid)
		}
	}
}

// stopped looks at a stop, and lets its thread go on.
func (t *tracer) stopped(pid int, status unix.WaitStatus) {
	const systemCall = unix.SIGTRAP | 0x80 // TRACESYSGOOD
	signal := 0
	switch cause := status.TrapCause(); {
	case status.StopSignal() == systemCall:
		t.note(pid)
	case cause == unix.PTRACE_EVENT_EXEC:
		if !t.executed(pid) {
			return
		}
	case cause == unix.PTRACE_EVENT_CLONE || cause == unix.PTRACE_EVENT_FORK || cause == unix.PTRACE_EVENT_VFORK:
		if child, err := unix.PtraceGetEventMsg(pid); err == nil && t.judged[pid] {
			t.judged[int(child)] = true
			t.resume(int(child), 0) // where it has stopped already as one that is not judged
		}
	case status.StopSignal() != unix.SIGSTOP && status.StopSignal() != unix.SIGTRAP: // else ours
		signal = int(status.StopSignal())
	}
	t.resume(pid, signal)
}

// resume lets a thread run: to its next system call, in a judged program. One that
// was killed meanwhile is no error.
func (t *tracer) resume(pid, signal int) {
	if t.judged[pid] {
		_ = unix.PtraceSyscall(pid, signal)
	} else {
		_ = unix.PtraceCont(pid, signal)
	}
}

// executed looks at what has been executed, and lets go of what makes no runs: it
// reports whether the process is still followed.
func (t *tracer) executed(pid int) bool {
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	name, _, _ := strings.Cut(string(line), "\x00")
	switch base := filepath.Base(name); {
	case name == "/program" || name == "/manche-sandbox-probe":
		t.judged[pid] = true
		t.programs++
	case base == "compile" || base == "link" || base == "asm" || base == "cgo" || base == "gcc" || base == "ld":
		_ = unix.PtraceDetach(pid)
		return false
	}
	return true
}

// note remembers the call at whose entry a thread stands.
func (t *tracer) note(pid int) {
	const getSyscallInfo, entry = 0x420e, 1 // PTRACE_GET_SYSCALL_INFO, see ptrace(2)
	var info struct {
		op       uint8
		_        [3]uint8
		arch     uint32
		ip, sp   uint64
		number   uint64
		args     [6]uint64
		reserved [2]uint64
	}
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, getSyscallInfo, uintptr(pid), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if errno != 0 || info.op != entry {
		return
	}
	c := call{number: uint32(info.number)}
	switch c.number {
	case unix.SYS_PRCTL:
		c.what = uint32(info.args[0])
	case unix.SYS_FCNTL:
		c.what = uint32(info.args[1])
	}
	t.calls[c] = true
}
