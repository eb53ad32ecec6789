//go:build (amd64 || arm64) && !manche_module

package driver

// readable says that word can be called.
const readable = true

// word returns eight bytes of the runtime's record of the calling goroutine.
func word(at uintptr) uint64
