package walls

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// apart is what tests are started with: mounts of their own, where we may mount at
// all. Walls are down in earnest there, and a program that gets through them may put
// something over the machine's root, or take it away.
func apart() *syscall.SysProcAttr {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var ours [2]unix.CapUserData
	if err := unix.Capget(&header, &ours[0]); err != nil || ours[0].Effective&(1<<unix.CAP_SYS_ADMIN) == 0 {
		return nil // nor may anything that we start
	}
	return &syscall.SysProcAttr{Unshareflags: unix.CLONE_NEWNS} // which package syscall makes private
}
