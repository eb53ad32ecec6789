// X32 calls the kernel by another convention, with the same numbers plus a bit.
package main

import (
	"syscall"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	attempt.Call("getpid by x32", 0x40000000|syscall.SYS_GETPID)
	attempt.Try("life after x32", nil)
}
