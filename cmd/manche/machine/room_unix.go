//go:build linux || darwin

package machine

import "golang.org/x/sys/unix"

// room is what is free for us in a folder's file system, in MB.
func room(dir string) (mb uint64, known bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize) >> 20, true
}
