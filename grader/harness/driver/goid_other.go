//go:build (!amd64 && !arm64) || manche_module

package driver

// readable says that word cannot be called.
const readable = false

func word(uintptr) uint64 { return 0 }
