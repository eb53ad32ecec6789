package sandbox

import (
	"os"
	"os/exec"
	"syscall"
)

func bareLacks() []string {
	return []string{LackMemory, LackCPU, LackProcesses, LackScratch, LackReport}
}

func bareAttr() *syscall.SysProcAttr { return nil }

// attachBare does nothing: Windows has no numbered descriptors to inherit.
func attachBare(*exec.Cmd, *os.File) {}

func killGroup(int) {}

// signalGroup ends p at once, whatever the signal: Windows has no other.
func signalGroup(p *os.Process, _ syscall.Signal) { _ = p.Kill() }

func signalName(*os.ProcessState) string { return "" }
