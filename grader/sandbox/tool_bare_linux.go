package sandbox

import "golang.org/x/sys/unix"

// limitAddressSpace bounds a running process. A tool that was quicker than the
// bound is gone already.
func limitAddressSpace(pid int, bytes int64) {
	_ = unix.Prlimit(pid, unix.RLIMIT_AS, &unix.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}, nil)
}

// giveWay lowers the priority of a process that has just been started: the
// threads that it is going to make have that of the first one.
func giveWay(pid int) { _ = unix.Setpriority(unix.PRIO_PROCESS, pid, lowestPriority) }

// lowestPriority is the greatest of the nice values.
const lowestPriority = 19
