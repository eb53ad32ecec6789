//go:build linux && (amd64 || arm64)

package sandbox

import (
	"slices"

	"golang.org/x/sys/unix"
)

// commonCalls lists the system calls, of those that every architecture has,
// that are allowed whatever their arguments. A test holds them against what real
// runs were recorded to make.
func commonCalls() []uint32 {
	return slices.Concat(threadCalls(), memoryCalls(), descriptorCalls(), fileCalls(), selfCalls())
}

// threadCalls: goroutines, timers and signals within the program.
func threadCalls() []uint32 {
	return []uint32{
		unix.SYS_FUTEX, unix.SYS_SCHED_YIELD, unix.SYS_SCHED_GETAFFINITY, unix.SYS_NANOSLEEP,
		unix.SYS_CLOCK_GETTIME, unix.SYS_GETTIMEOFDAY,
		unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK,
		unix.SYS_SET_TID_ADDRESS, unix.SYS_SET_ROBUST_LIST, unix.SYS_RSEQ,
		unix.SYS_RESTART_SYSCALL, unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
	}
}

func memoryCalls() []uint32 {
	return []uint32{unix.SYS_MUNMAP, unix.SYS_MADVISE, unix.SYS_BRK}
}

// descriptorCalls: what is done to an open file or pipe.
func descriptorCalls() []uint32 {
	return []uint32{
		unix.SYS_READ, unix.SYS_WRITE, unix.SYS_PREAD64, unix.SYS_CLOSE, unix.SYS_FSTAT, unix.SYS_GETDENTS64, unix.SYS_PIPE2,
		unix.SYS_EPOLL_CREATE1, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_PWAIT, unix.SYS_EVENTFD2,
	}
}

// fileCalls: names in the program's own tree.
func fileCalls() []uint32 {
	return []uint32{unix.SYS_OPENAT, unix.SYS_NEWFSTATAT, unix.SYS_READLINKAT, unix.SYS_MKDIRAT, unix.SYS_UNLINKAT}
}

// selfCalls: what a program may ask about itself.
func selfCalls() []uint32 {
	return []uint32{unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_GETUID, unix.SYS_GETRUSAGE, unix.SYS_GETRANDOM, unix.SYS_UNAME}
}
