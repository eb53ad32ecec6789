// Limits raises its own limits and its standing with the scheduler.
package main

import (
	"fmt"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	most := [2]uint64{1 << 30, 1 << 30}
	p := uintptr(unsafe.Pointer(&most))
	for r := range uintptr(16) {
		attempt.Call(fmt.Sprint("setrlimit ", r), unix.SYS_SETRLIMIT, r, p)
		attempt.Call(fmt.Sprint("prlimit ", r), unix.SYS_PRLIMIT64, 0, r, p, 0)
	}
	attempt.Call("setpriority", unix.SYS_SETPRIORITY, 0, 0, ^uintptr(19))
	attempt.Call("sched_setscheduler", unix.SYS_SCHED_SETSCHEDULER, 0, 1, p)
	attempt.Call("sched_setattr", unix.SYS_SCHED_SETATTR, 0, p)
	attempt.Call("ioprio_set", unix.SYS_IOPRIO_SET, 1, 0, 1<<13)
	attempt.Done()
}
