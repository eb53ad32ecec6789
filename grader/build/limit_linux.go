package build

import "golang.org/x/sys/unix"

// limitMemory bounds the address space of a running process. A tool that was
// quicker than the bound is gone already.
func limitMemory(pid int, bytes uint64) {
	unix.Prlimit(pid, unix.RLIMIT_AS, &unix.Rlimit{Cur: bytes, Max: bytes}, nil)
}

// giveWay lowers the priority of a process that has just been started: the
// threads that it is going to make have that of the first one.
func giveWay(pid int) {
	const lowest = 19
	unix.Setpriority(unix.PRIO_PROCESS, pid, lowest)
}
