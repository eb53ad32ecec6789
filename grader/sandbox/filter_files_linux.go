//go:build linux && (amd64 || arm64)

package sandbox

import (
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// ask leaves a call to whoever listens to the filter.
const ask = bpfResult(unix.SECCOMP_RET_USER_NOTIF)

// askForFiles refuses all calls with names in them, except those that programs
// cannot start without: these are for a clerk to answer.
func askForFiles() code {
	var c code
	for _, n := range append(archAskCalls(), unix.SYS_OPENAT, unix.SYS_NEWFSTATAT, unix.SYS_READLINKAT) {
		c = append(c, when(n, answer(ask))...)
	}
	for _, n := range append(archFileCalls(), fileCalls()...) {
		c = append(c, when(n, answer(refuse))...)
	}
	// The stage's last word, with the listener's descriptor. In the program, which
	// can have no socket, the number is nothing's or a pipe's.
	return append(c, when(unix.SYS_SENDMSG, join(code{bpf.LoadAbsolute{Off: atArgs, Size: 4}}, oneOf(fdListener)))...)
}
