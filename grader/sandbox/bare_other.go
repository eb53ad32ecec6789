//go:build unix && !linux

package sandbox

import "syscall"

func bareLacks() []string {
	return []string{LackMemory, LackCPU, LackProcesses, LackScratch}
}

func bareAttr() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
