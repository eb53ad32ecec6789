package sandbox

import (
	"debug/elf"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

const (
	auditArch      = unix.AUDIT_ARCH_X86_64
	libraryTriple  = "x86_64-linux-gnu"
	libraryMachine = elf.EM_X86_64
	// x32Bit marks the calls of the x32 convention, which has the same arch.
	x32Bit = 0x40000000
)

// archCalls lists the allowed calls that newer architectures do without.
func archCalls() []uint32 { return []uint32{unix.SYS_ARCH_PRCTL, unix.SYS_ACCESS} }

// archAskCalls are the older forms of what a clerk answers.
func archAskCalls() []uint32 { return []uint32{unix.SYS_OPEN, unix.SYS_STAT, unix.SYS_READLINK} }

// isOldOpen reports whether a call is open, with the name first.
func isOldOpen(number uint32) bool { return number == unix.SYS_OPEN }

// archFileCalls are those of archCalls with names in them.
func archFileCalls() []uint32 {
	return []uint32{unix.SYS_LSTAT, unix.SYS_ACCESS, unix.SYS_MKDIR, unix.SYS_UNLINK, unix.SYS_RENAME, unix.SYS_CHMOD}
}

// foreignNumbers kills who calls by the x32 convention.
func foreignNumbers() code {
	block := answer(kill)
	return join(code{bpf.JumpIf{Cond: bpf.JumpGreaterOrEqual, Val: x32Bit, SkipFalse: uint8(len(block))}}, block)
}
