package sandbox

import "syscall"

func bareLacks() []string {
	return []string{LackMemoryCgroup, LackProcesses, LackScratch}
}

func bareAttr() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
