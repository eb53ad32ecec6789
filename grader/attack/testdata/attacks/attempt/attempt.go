// Package attempt prints what became of the things that an attack tries.
package attempt

import (
	"fmt"
	"syscall"
)

// Try prints that name was held off, with the error, or that it escaped.
func Try(name string, err error) {
	if err == nil || err == syscall.Errno(0) {
		fmt.Println("ESCAPED", name)
		return
	}
	fmt.Printf("held %s: %v\n", name, err)
}

// Call makes a system call that ought to fail.
func Call(name string, number uintptr, args ...uintptr) {
	var a [6]uintptr
	copy(a[:], args)
	_, _, errno := syscall.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
	Try(name, errno)
}

// Done prints that the attack came to its end.
func Done() { fmt.Println("done") }
