//go:build linux && (amd64 || arm64)

package sandbox

import "golang.org/x/sys/unix"

// toolCalls lists what Go's compiler and linker call besides, as recorded runs of
// them show: they seek in archives, and lay out what they write before they do; the
// linker that waits goes to the folder of its task.
func toolCalls() []uint32 {
	return []uint32{unix.SYS_LSEEK, unix.SYS_GETCWD, unix.SYS_CHDIR, unix.SYS_FALLOCATE, unix.SYS_FTRUNCATE}
}

// toolFilter is the filter of a tool. What a program may, it may; with forks also
// make processes, of which nothing is shared, and wait for them. They cannot
// execute, and do not leave the filter.
func toolFilter(ticket uint64, dynamic, forks bool) code {
	c := join(load(atArch), unless(auditArch, answer(kill)), load(atNumber), foreignNumbers())
	for _, n := range toolCalls() {
		c = append(c, when(n, answer(allow))...)
	}
	if forks {
		dying := join(arg(0), when(unix.PR_SET_PDEATHSIG, join(arg(1), oneOf(uint32(unix.SIGKILL)))))
		c = join(c,
			when(unix.SYS_WAIT4, answer(allow)),
			when(unix.SYS_CLONE, join(arg(0), when(uint32(unix.SIGCHLD), answer(allow)), load(atNumber))),
			when(unix.SYS_PRCTL, dying))
	}
	return join(c, buildFilter(ticket, inNamespaces, dynamic, unix.Getpid()))
}
