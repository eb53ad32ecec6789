//go:build !linux

package walls

import "syscall"

// apart is nothing where there are no walls.
func apart() *syscall.SysProcAttr { return nil }
