package build

import (
	"os/exec"
	"syscall"
)

// endWithUs has a process interrupted when this one is gone.
func endWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT} }
