// Forks makes processes without end, in every way there is.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	switch os.Args[1] {
	case "exec":
		byExec()
	case "raw":
		byCall()
	case "daemon":
		daemon()
	}
	attempt.Done()
}

func byExec() {
	for range 1000 {
		c := exec.Command("/proc/self/exe", os.Args[1:]...)
		if err := c.Start(); err == nil {
			attempt.Try("a child", nil)
			return
		}
	}
	fmt.Println("held: no child in 1000 tries")
}

func byCall() {
	for range 1000 {
		if fork() == 0 {
			attempt.Try("clone", nil)
			return
		}
	}
	var args [11]uint64 // struct clone_args, asking for nothing
	attempt.Call("clone3", unix.SYS_CLONE3, address(&args), 88)
	for name, number := range forkCalls() {
		attempt.Call(name, number)
	}
}

// fork returns whether it failed; a child sleeps for ever.
func fork() syscall.Errno {
	r, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if errno == 0 && r == 0 {
		for {
			syscall.RawSyscall6(unix.SYS_PPOLL, 0, 0, 0, 0, 0, 0)
		}
	}
	return errno
}

// daemon leaves its session in a grandchild that would outlive us.
func daemon() {
	r, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if errno == 0 && r == 0 {
		syscall.RawSyscall(syscall.SYS_SETSID, 0, 0, 0)
		fork()
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, 0, 0, 0)
	}
	attempt.Try("a daemon", errno)
}
