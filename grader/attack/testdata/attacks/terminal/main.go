// Terminal types into the terminal that its starter may have.
package main

import (
	"os"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	key := byte('x')
	p := uintptr(unsafe.Pointer(&key))
	for fd := range uintptr(4) {
		attempt.Call("TIOCSTI", unix.SYS_IOCTL, fd, unix.TIOCSTI, p)
		attempt.Call("TIOCLINUX", unix.SYS_IOCTL, fd, unix.TIOCLINUX, p)
		attempt.Call("TIOCSCTTY", unix.SYS_IOCTL, fd, unix.TIOCSCTTY, 1)
	}
	_, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	attempt.Try("open /dev/tty", err)
	attempt.Done()
}
