package sandbox

import (
	"debug/elf"

	"golang.org/x/sys/unix"
)

const (
	auditArch      = unix.AUDIT_ARCH_AARCH64
	libraryTriple  = "aarch64-linux-gnu"
	libraryMachine = elf.EM_AARCH64
)

// archCalls lists what stands for a call that only amd64 has.
func archCalls() []uint32 { return []uint32{unix.SYS_FACCESSAT} }

// archAskCalls and archFileCalls are empty for the same reason.
func archAskCalls() []uint32  { return nil }
func archFileCalls() []uint32 { return nil }

// isOldOpen reports false: there is openat alone.
func isOldOpen(uint32) bool { return false }

// foreignNumbers is empty: 32-bit programs have an arch of their own.
func foreignNumbers() code { return nil }
