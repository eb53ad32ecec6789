//go:build linux && (amd64 || arm64)

package sandbox

import "golang.org/x/sys/unix"

// toolFilter is the filter of a tool. What a program may, it may; with forks also
// make processes, of which nothing is shared, and wait for them. They cannot
// execute, and do not leave the filter.
func toolFilter(ticket uint64, dynamic, forks bool) code {
	programs := buildFilter(ticket, dynamic, unix.Getpid())
	if !forks {
		return programs
	}
	dying := join(arg(0), when(unix.PR_SET_PDEATHSIG, join(arg(1), oneOf(uint32(unix.SIGKILL)))))
	return join(
		load(atArch), unless(auditArch, answer(kill)), load(atNumber), foreignNumbers(),
		when(unix.SYS_WAIT4, answer(allow)),
		when(unix.SYS_CLONE, join(arg(0), when(uint32(unix.SIGCHLD), answer(allow)), load(atNumber))),
		when(unix.SYS_PRCTL, dying),
		programs)
}
