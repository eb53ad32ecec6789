//go:build linux && (amd64 || arm64)

package sandbox

import (
	"slices"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// What the filter answers. Programs get an error rather than death, so that
// learners read a Go error; only a foreign calling convention kills, since it
// has no other use than getting around the filter.
const (
	allow   = bpfResult(unix.SECCOMP_RET_ALLOW)
	kill    = bpfResult(unix.SECCOMP_RET_KILL_PROCESS)
	refuse  = bpfResult(unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM))
	unknown = bpfResult(unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS))
)

type bpfResult uint32

// Offsets in struct seccomp_data, in bytes; both architectures are little-endian.
const (
	atNumber = 0
	atArch   = 4
	atArgs   = 16
)

const (
	namespaceFlags = unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET |
		unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP
	// threadFlags are those that every thread of Go and of the C library has.
	threadFlags = unix.CLONE_VM | unix.CLONE_FS | unix.CLONE_FILES | unix.CLONE_SIGHAND | unix.CLONE_THREAD
	// threadOptions are those that it may have besides.
	threadOptions = unix.CLONE_SYSVSEM | unix.CLONE_SETTLS | unix.CLONE_PARENT_SETTID |
		unix.CLONE_CHILD_CLEARTID | unix.CLONE_CHILD_SETTID | unix.CLONE_DETACHED
	mapKind     = unix.MAP_TYPE | unix.MAP_ANONYMOUS | unix.MAP_HUGETLB
	writeOrExec = unix.PROT_WRITE | unix.PROT_EXEC
)

// code is a piece of filter. The blocks of rules always end in an answer.
type code = []bpf.Instruction

func answer(r bpfResult) code { return code{bpf.RetConstant{Val: uint32(r)}} }

func load(offset uint32) code { return code{bpf.LoadAbsolute{Off: offset, Size: 4}} }

// arg loads the low half of an argument, argHigh its high half.
func arg(i uint32) code     { return load(atArgs + 8*i) }
func argHigh(i uint32) code { return load(atArgs + 8*i + 4) }

func mask(bits uint32) code {
	return code{bpf.ALUOpConstant{Op: bpf.ALUOpAnd, Val: bits}}
}

// when runs block if what was loaded is v.
func when(v uint32, block code) code {
	return join(code{bpf.JumpIf{Cond: bpf.JumpEqual, Val: v, SkipFalse: uint8(len(block))}}, block)
}

// unless runs block if what was loaded is not v.
func unless(v uint32, block code) code {
	return join(code{bpf.JumpIf{Cond: bpf.JumpEqual, Val: v, SkipTrue: uint8(len(block))}}, block)
}

// whenAny runs block if what was loaded has any of bits.
func whenAny(bits uint32, block code) code {
	return join(code{bpf.JumpIf{Cond: bpf.JumpBitsSet, Val: bits, SkipFalse: uint8(len(block))}}, block)
}

func join(parts ...code) code { return slices.Concat(parts...) }

// oneOf allows the loaded value if it is one of vs.
func oneOf(vs ...uint32) code {
	var c code
	for _, v := range vs {
		c = append(c, when(v, answer(allow))...)
	}
	return join(c, answer(refuse))
}

// buildFilter returns the filter of a program that is executed with its
// argument vector at ticket. The order costs nothing: the kernel remembers the
// numbers that are always allowed (since Linux 5.11).
func buildFilter(ticket uint64, w way, dynamic bool, pid int) code {
	c := join(load(atArch), unless(auditArch, answer(kill)), load(atNumber), foreignNumbers())
	if w == inNothing {
		c = join(c, askForFiles())
	}
	for _, n := range slices.Concat(commonCalls(), archCalls()) {
		c = append(c, when(n, answer(allow))...)
	}
	for _, r := range []struct {
		number uint32
		block  code
	}{
		{unix.SYS_CLONE, threadsOnly()},
		{unix.SYS_CLONE3, answer(unknown)}, // its flags are out of a filter's sight; callers fall back on clone
		{unix.SYS_EXECVEAT, join(arg(2), when(uint32(ticket), join(argHigh(2), oneOf(uint32(ticket>>32)))), answer(refuse))},
		{unix.SYS_MMAP, mapping(dynamic)},
		{unix.SYS_MPROTECT, join(arg(2), whenAny(unix.PROT_EXEC, answer(refuse)), answer(allow))},
		{unix.SYS_TGKILL, join(arg(0), oneOf(uint32(pid)))},
		{unix.SYS_PRCTL, join(arg(0), oneOf(unix.PR_SET_VMA))},
		{unix.SYS_PRLIMIT64, join(arg(2), when(0, join(argHigh(2), oneOf(0))), answer(refuse))}, // reading
		// Not F_SETPIPE_SZ and locks, which take kernel memory, nor leases and owners.
		{unix.SYS_FCNTL, join(arg(1), oneOf(unix.F_GETFD, unix.F_GETFL, unix.F_SETFL))},
	} {
		c = append(c, when(r.number, r.block)...)
	}
	return join(c, answer(refuse))
}

// threadsOnly lets clone make threads of this process, never a process.
func threadsOnly() code {
	return join(arg(0), whenAny(^uint32(threadFlags|threadOptions), answer(refuse)),
		mask(threadFlags), oneOf(threadFlags))
}

// mapping lets memory be mapped: private, or a file's. None is ever writable
// and executable, in turn or at once: mprotect gives no execution, and only a
// dynamic program may map files for it, of which there are but the read-only
// libraries (the scratch folder and the root are mounted noexec). Shared
// anonymous memory would count towards no limit but the cgroup's.
func mapping(dynamic bool) code {
	exec := answer(refuse)
	if dynamic {
		exec = join(mask(writeOrExec), when(unix.PROT_EXEC, join(arg(3), mask(mapKind), oneOf(unix.MAP_PRIVATE))), answer(refuse))
	}
	return join(arg(2), whenAny(unix.PROT_EXEC, exec),
		arg(3), mask(mapKind), oneOf(unix.MAP_PRIVATE, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS, unix.MAP_SHARED))
}
