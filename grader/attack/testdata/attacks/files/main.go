// Files reads what belongs to the host.
package main

import (
	"fmt"
	"os"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	for _, p := range []string{
		"/etc/passwd", "/etc/hosts", "/etc", "/root", "/home", "/usr", "/bin/sh", "/sys", "/sys/fs/cgroup", "/run", "/var", "/boot",
		"../../../../etc/passwd", "/tmp/../etc/passwd",
		"/proc/1", "/proc/1/environ", "/proc/1/root/etc/passwd", "/proc/self/root", "/proc/self/mem", "/proc/self/maps",
		"/proc/self/fd", "/proc/self/fd/0", "/proc/self/exe", "/proc/self/cwd", "/proc/self/task", "/proc/self/mounts",
		"/proc/sys/kernel/core_pattern", "/proc/kcore", "/proc/cpuinfo", "/proc/thread-self", "/proc/mounts",
		"/dev/fd/0", "/dev/vda", "/dev/sda", "/dev/mem", "/dev/kvm", "/dev/kmsg", "/dev/tty", "/dev/ptmx", "/dev/shm", "/dev/stdin",
	} {
		_, err := os.Open(p)
		attempt.Try("open "+p, err)
	}
	for _, target := range []string{"/etc/passwd", "/proc/1/root/etc/passwd", "../../etc/passwd"} {
		os.Remove("/tmp/link")
		attempt.Try("a link to "+target, os.Symlink(target, "/tmp/link"))
		_, err := os.ReadFile("/tmp/link")
		attempt.Try("through a link to "+target, err)
	}
	root, _ := os.ReadDir("/")
	for _, e := range root {
		fmt.Println("in the root:", e.Name())
	}
	attempt.Done()
}
