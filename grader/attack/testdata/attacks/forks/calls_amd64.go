package main

import "syscall"

func forkCalls() map[string]uintptr {
	return map[string]uintptr{"fork": syscall.SYS_FORK, "vfork": syscall.SYS_VFORK}
}
