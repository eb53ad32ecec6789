//go:build linux && (amd64 || arm64)

package sandbox

import (
	"os"
	"unsafe"
)

// ReadForNobody reads a name in our own memory for a caller that does not wait:
// whoever listens knows of none.
func ReadForNobody(listener *os.File, name []byte) string {
	return readName(int(listener.Fd()), &notice{pid: uint32(os.Getpid())}, uint64(uintptr(unsafe.Pointer(&name[0]))))
}
