package attack

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// awaitEnd waits until all processes of ours have ended that are not among before,
// and returns those that have not, with their names: they are killed. [Adopt] has
// made us the parent of those whose parent has ended.
func awaitEnd(before []string, patience time.Duration) []string {
	deadline := time.Now().Add(patience)
	for {
		left := slices.DeleteFunc(ours(), func(pid string) bool { return slices.Contains(before, pid) })
		if len(left) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			for i, pid := range left {
				name, _ := os.ReadFile("/proc/" + pid + "/comm")
				left[i] = strings.TrimSpace(pid + " " + string(name))
				n, _ := strconv.Atoi(pid)
				_ = unix.Kill(n, unix.SIGKILL)
				await(n, patience)
			}
			return left
		}
		for _, pid := range left {
			n, _ := strconv.Atoi(pid)
			await(n, time.Until(deadline))
		}
	}
}

// await waits until a process has ended, and takes note of that if it is a child
// of ours.
func await(pid int, patience time.Duration) {
	fd, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return // gone
	}
	defer unix.Close(fd)
	_, _ = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, int(max(patience, 0).Milliseconds()))
	_, _ = unix.Wait4(pid, nil, unix.WNOHANG, nil)
}
