// Processes reaches for other processes.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	host, _ := strconv.Atoi(os.Args[1]) // a process of the host
	fmt.Println("pid", os.Getpid(), "ppid", os.Getppid(), "uid", os.Getuid())
	for _, pid := range []int{0, -1, 2, host, -host} {
		attempt.Try(fmt.Sprint("kill ", pid), syscall.Kill(pid, syscall.SIGTERM))
	}
	for _, pid := range []uintptr{0, 1, uintptr(host)} {
		attempt.Call("ptrace attach", unix.SYS_PTRACE, unix.PTRACE_ATTACH, pid)
		attempt.Call("ptrace seize", unix.SYS_PTRACE, unix.PTRACE_SEIZE, pid)
		attempt.Call("process_vm_readv", unix.SYS_PROCESS_VM_READV, pid)
		attempt.Call("process_vm_writev", unix.SYS_PROCESS_VM_WRITEV, pid)
		attempt.Call("pidfd_open", unix.SYS_PIDFD_OPEN, pid)
		attempt.Call("kcmp", unix.SYS_KCMP, pid, pid)
		attempt.Call("setpgid", unix.SYS_SETPGID, pid)
		attempt.Call("rt_sigqueueinfo", unix.SYS_RT_SIGQUEUEINFO, pid, 15)
		attempt.Call("move_pages", unix.SYS_MOVE_PAGES, pid)
	}
	attempt.Call("ptrace traceme", unix.SYS_PTRACE, unix.PTRACE_TRACEME)
	attempt.Call("pidfd_getfd", unix.SYS_PIDFD_GETFD, 3, 0)
	attempt.Call("pidfd_send_signal", unix.SYS_PIDFD_SEND_SIGNAL, 3, 15)
	attempt.Call("setsid", unix.SYS_SETSID)
	attempt.Call("waitid", unix.SYS_WAITID, 0, 0, 0, 4)
	attempt.Done()
}
