//go:build unix

package sandbox

import (
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// attachBare gives the program its descriptor 3.
func attachBare(c *exec.Cmd, report *os.File) { c.ExtraFiles = []*os.File{report} }

// killGroup kills the processes that an ended program has left behind: its
// group, which bears its id, lives on with them.
func killGroup(pid int) { _ = unix.Kill(-pid, unix.SIGKILL) }

// signalGroup sends s to p and its group, unless p has been waited for: the id
// might by then be another's.
func signalGroup(p *os.Process, s syscall.Signal) {
	if p.Signal(syscall.Signal(0)) == nil {
		_ = unix.Kill(-p.Pid, s)
	}
}

// signalName names the signal that ended a process, "" if none did.
func signalName(s *os.ProcessState) string {
	if ws, ok := s.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return unix.SignalName(ws.Signal())
	}
	return ""
}
