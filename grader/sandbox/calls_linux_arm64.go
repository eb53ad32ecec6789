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

// foreignNumbers is empty: 32-bit programs have an arch of their own.
func foreignNumbers() code { return nil }
