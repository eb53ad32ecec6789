//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"testing"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

// What the filter can answer.
const (
	allowed = unix.SECCOMP_RET_ALLOW
	killed  = unix.SECCOMP_RET_KILL_PROCESS
	refused = unix.SECCOMP_RET_ERRNO | int(unix.EPERM)
	unknown = unix.SECCOMP_RET_ERRNO | int(unix.ENOSYS)
)

// The program that the filter below is for.
const (
	ticket = 0x7654_3210_8abc
	pid    = 77
)

// asked is a system call as the filter sees it.
type asked struct {
	arch, number uint32
	args         [6]uint64
}

// answers returns what a filter answers to system calls.
func answers(t *testing.T, dynamic bool) func(asked) int {
	t.Helper()
	vm, err := bpf.NewVM(sandbox.Filter(ticket, dynamic, pid))
	if err != nil {
		t.Fatal(err)
	}
	return func(a asked) int {
		t.Helper()
		answer, err := vm.Run(a.data())
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
}

// data is the kernel's struct seccomp_data; but the machine loads words as they
// come from a network.
func (a asked) data() []byte {
	b := binary.BigEndian.AppendUint32(nil, a.number)
	b = binary.BigEndian.AppendUint32(b, a.arch)
	for _, v := range append([]uint64{0}, a.args[:]...) { // after where it is called from
		b = binary.BigEndian.AppendUint32(b, uint32(v))
		b = binary.BigEndian.AppendUint32(b, uint32(v>>32))
	}
	return b
}

func ownArch() uint32 {
	if runtime.GOARCH == "arm64" {
		return unix.AUDIT_ARCH_AARCH64
	}
	return unix.AUDIT_ARCH_X86_64
}

// question is a call with the answer that it must get.
type question struct {
	name   string
	number uint32
	args   [6]uint64
	want   int
}

const (
	threadOfGo = unix.CLONE_VM | unix.CLONE_FS | unix.CLONE_FILES | unix.CLONE_SIGHAND | unix.CLONE_THREAD | unix.CLONE_SYSVSEM
	threadOfC  = threadOfGo | unix.CLONE_SETTLS | unix.CLONE_PARENT_SETTID | unix.CLONE_CHILD_CLEARTID
	private    = unix.MAP_PRIVATE
	anonymous  = unix.MAP_PRIVATE | unix.MAP_ANONYMOUS
	readExec   = unix.PROT_READ | unix.PROT_EXEC
	readWrite  = unix.PROT_READ | unix.PROT_WRITE
)

// cloning asks for threads and for other things.
func cloning() []question {
	list := []question{
		{"a thread of Go", unix.SYS_CLONE, [6]uint64{threadOfGo}, allowed},
		{"a thread of C", unix.SYS_CLONE, [6]uint64{threadOfC | unix.CLONE_CHILD_SETTID | unix.CLONE_DETACHED}, allowed},
		{"a fork", unix.SYS_CLONE, [6]uint64{uint64(unix.SIGCHLD)}, refused},
		{"a process that shares its memory", unix.SYS_CLONE, [6]uint64{unix.CLONE_VM | unix.CLONE_VFORK | uint64(unix.SIGCHLD)}, refused},
		{"whatever clone3 makes", unix.SYS_CLONE3, [6]uint64{}, unknown},
	}
	for bit := range 32 {
		flag := uint64(1) << bit
		switch {
		case flag&(unix.CLONE_VM|unix.CLONE_FS|unix.CLONE_FILES|unix.CLONE_SIGHAND|unix.CLONE_THREAD) != 0:
			list = append(list, question{fmt.Sprintf("a thread without %#x", flag), unix.SYS_CLONE, [6]uint64{threadOfC &^ flag}, refused})
		case flag&(threadOfC|unix.CLONE_CHILD_SETTID|unix.CLONE_DETACHED) == 0:
			list = append(list, question{fmt.Sprintf("a thread with %#x", flag), unix.SYS_CLONE, [6]uint64{threadOfC | flag}, refused})
		}
	}
	return list
}

// executing asks to run programs.
func executing() []question {
	return []question{
		{"the ticket", unix.SYS_EXECVEAT, [6]uint64{6, 1, ticket}, allowed},
		{"its low half", unix.SYS_EXECVEAT, [6]uint64{6, 1, ticket & math.MaxUint32}, refused},
		{"its high half", unix.SYS_EXECVEAT, [6]uint64{6, 1, ticket &^ math.MaxUint32}, refused},
		{"its halves exchanged", unix.SYS_EXECVEAT, [6]uint64{6, 1, ticket>>32 | ticket&math.MaxUint32<<32}, refused},
		{"the ticket elsewhere", unix.SYS_EXECVEAT, [6]uint64{6, ticket, 0, ticket}, refused},
		{"another address", unix.SYS_EXECVEAT, [6]uint64{6, 1, ticket + 8}, refused},
		{"no arguments", unix.SYS_EXECVEAT, [6]uint64{6, 1, 0}, refused},
		{"execve", unix.SYS_EXECVE, [6]uint64{1, ticket, ticket}, refused},
	}
}

// mapping asks for memory that is data.
func mapping() []question {
	return []question{
		{"memory", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, anonymous}, allowed},
		{"addresses", unix.SYS_MMAP, [6]uint64{0, 1 << 40, unix.PROT_NONE, anonymous | unix.MAP_NORESERVE | unix.MAP_FIXED}, allowed},
		{"a file", unix.SYS_MMAP, [6]uint64{0, 4096, unix.PROT_READ, private}, allowed},
		{"a file, shared", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, unix.MAP_SHARED}, allowed},
		{"a file, shared and validated", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, unix.MAP_SHARED_VALIDATE}, refused},
		{"shared memory", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, unix.MAP_SHARED | unix.MAP_ANONYMOUS}, refused},
		{"huge pages", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, anonymous | unix.MAP_HUGETLB}, refused},
		{"huge pages, shared", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite, unix.MAP_SHARED | unix.MAP_HUGETLB}, refused},
		{"code in memory", unix.SYS_MMAP, [6]uint64{0, 4096, readExec, anonymous}, refused},
		{"code that can be written", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite | unix.PROT_EXEC, anonymous}, refused},
		{"code of a file that can be written", unix.SYS_MMAP, [6]uint64{0, 4096, readWrite | unix.PROT_EXEC, private}, refused},
		{"code of a file, shared", unix.SYS_MMAP, [6]uint64{0, 4096, readExec, unix.MAP_SHARED}, refused},
		{"code of a file with huge pages", unix.SYS_MMAP, [6]uint64{0, 4096, readExec, private | unix.MAP_HUGETLB}, refused},
		{"less protection", unix.SYS_MPROTECT, [6]uint64{0, 4096, readWrite}, allowed},
		{"execution", unix.SYS_MPROTECT, [6]uint64{0, 4096, readExec}, refused},
		{"execution alone", unix.SYS_MPROTECT, [6]uint64{0, 4096, unix.PROT_EXEC}, refused},
	}
}

// ofItself asks for what a program may do to itself.
func ofItself() []question {
	list := []question{
		{"reading a limit", unix.SYS_PRLIMIT64, [6]uint64{0, 1, 0, 1}, allowed},
		{"setting a limit", unix.SYS_PRLIMIT64, [6]uint64{0, 1, 0x1000, 0}, refused},
		{"setting one that lies high", unix.SYS_PRLIMIT64, [6]uint64{0, 1, 1 << 32, 0}, refused},
		{"a name", unix.SYS_PRCTL, [6]uint64{unix.PR_SET_NAME}, refused},
		{"the name of a mapping", unix.SYS_PRCTL, [6]uint64{unix.PR_SET_VMA}, allowed},
		{"no privileges", unix.SYS_PRCTL, [6]uint64{unix.PR_SET_NO_NEW_PRIVS}, refused},
		{"another parent's death", unix.SYS_PRCTL, [6]uint64{unix.PR_SET_PDEATHSIG}, refused},
		{"a thread of its own", unix.SYS_TGKILL, [6]uint64{pid, pid + 1}, allowed},
	}
	for _, other := range []int64{0, 1, -1, pid - 1, -pid} {
		list = append(list, question{fmt.Sprint("process ", other), unix.SYS_TGKILL, [6]uint64{uint64(other), pid}, refused})
	}
	for _, c := range []struct {
		name string
		what uint64
		want int
	}{
		{"the flags", unix.F_GETFL, allowed}, {"setting them", unix.F_SETFL, allowed}, {"close-on-exec", unix.F_GETFD, allowed},
		{"a copy", unix.F_DUPFD, refused}, {"a copy that is closed", unix.F_DUPFD_CLOEXEC, refused}, {"staying open", unix.F_SETFD, refused},
		{"a larger pipe", unix.F_SETPIPE_SZ, refused}, {"a lock", unix.F_SETLK, refused}, {"a waiting lock", unix.F_SETLKW, refused},
		{"a lock of the file", unix.F_OFD_SETLK, refused}, {"a lease", unix.F_SETLEASE, refused}, {"an owner", unix.F_SETOWN, refused},
		{"a signal", unix.F_SETSIG, refused}, {"news of a folder", unix.F_NOTIFY, refused}, {"seals", unix.F_ADD_SEALS, refused},
	} {
		list = append(list, question{c.name, unix.SYS_FCNTL, [6]uint64{3, c.what}, c.want})
	}
	return list
}

// TestFilterLooksAtArguments puts questions to the filter that the kernel would
// put: what it lets through to a kernel that refuses it anyway is seen here only.
func TestFilterLooksAtArguments(t *testing.T) {
	for _, dynamic := range []bool{false, true} {
		ask := answers(t, dynamic)
		for _, list := range [][]question{cloning(), executing(), mapping(), ofItself()} {
			for _, q := range list {
				if got := ask(asked{ownArch(), q.number, q.args}); got != q.want {
					t.Errorf("dynamic %v, call %d, %s: got %#x, want %#x", dynamic, q.number, q.name, got, q.want)
				}
			}
		}
		want := refused
		if dynamic {
			want = allowed
		}
		if got := ask(asked{ownArch(), unix.SYS_MMAP, [6]uint64{0, 4096, readExec, private}}); got != want {
			t.Errorf("dynamic %v, code of a file: got %#x, want %#x", dynamic, got, want)
		}
	}
}

// TestFilterKillsForeignConventions: a call by another convention has another
// meaning.
func TestFilterKillsForeignConventions(t *testing.T) {
	ask := answers(t, false)
	for _, arch := range []uint32{0, unix.AUDIT_ARCH_I386, unix.AUDIT_ARCH_ARM, ownArch() ^ 1<<31} {
		if got := ask(asked{arch, unix.SYS_READ, [6]uint64{}}); got != killed {
			t.Errorf("architecture %#x: got %#x, want death", arch, got)
		}
	}
	if runtime.GOARCH != "amd64" {
		return
	}
	for _, n := range []uint32{1 << 30, 1<<30 | unix.SYS_READ, 1<<30 | unix.SYS_GETPID, 1<<30 | 512, math.MaxUint32} {
		if got := ask(asked{ownArch(), n, [6]uint64{}}); got != killed {
			t.Errorf("x32 call %#x: got %#x, want death", n, got)
		}
	}
}
