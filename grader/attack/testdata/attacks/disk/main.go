// Disk fills what can be filled: bytes, names, folders, descriptors, timers, pipes.
package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	switch os.Args[1] {
	case "bytes":
		fmt.Println("bytes", fill())
	case "names":
		fmt.Println("names", count(func(i int) error {
			f, err := os.Create(fmt.Sprint("/tmp/", i))
			f.Close()
			return err
		}))
	case "folders":
		fmt.Println("folders", count(func(i int) error {
			return os.Mkdir("/tmp"+strings.Repeat("/d", i+1), 0o755)
		}))
	case "descriptors":
		last := -1 // the runtime has some
		count(func(int) error {
			fd, err := syscall.EpollCreate1(0)
			last = max(last, fd)
			return err
		})
		fmt.Println("the last one", last)
	case "timers":
		var id int32
		fmt.Println("timers", count(func(int) error {
			_, _, errno := syscall.RawSyscall(unix.SYS_TIMER_CREATE, unix.CLOCK_MONOTONIC, 0, uintptr(unsafe.Pointer(&id)))
			if errno != 0 {
				return errno
			}
			return nil
		}))
	case "pipes":
		fmt.Println("pipes", pipes())
	case "sparse":
		sparse()
	case "elsewhere":
		for _, p := range []string{"/x", "/dev/x", "/dev/shm/x", "/proc/x", "/proc/self/x", "/var/tmp/x", "/run/x", "/lib/x"} {
			_, err := os.Create(p)
			attempt.Try("create "+p, err)
		}
		attempt.Try("environ", os.WriteFile("/proc/self/environ", nil, 0o644))
		attempt.Try("chmod /dev/null", os.Chmod("/dev/null", 0))
		attempt.Try("chmod /", os.Chmod("/", 0o777))
	}
	attempt.Done()
}

// sparse makes files larger than there is room, without writing them.
func sparse() {
	f, err := os.Create("/tmp/large")
	if err != nil {
		attempt.Try("create", nil) // it ought to be possible
		return
	}
	attempt.Try("truncate", f.Truncate(1<<40))
	attempt.Try("allocate", syscall.Fallocate(int(f.Fd()), 0, 0, 1<<40))
	_, err = f.WriteAt([]byte("x"), 1<<40)
	attempt.Try("write far behind the end", err)
}

// count returns how often f works.
func count(f func(int) error) int {
	for i := 0; ; i++ {
		if err := f(i); err != nil {
			attempt.Try("one more", err)
			return i
		}
	}
}

// fill returns how many MB go into 100 files.
func fill() int {
	total, chunk := 0, make([]byte, 1<<20)
	for i := range 100 {
		f, err := os.Create(fmt.Sprint("/tmp/", i))
		for err == nil {
			var n int
			n, err = f.Write(chunk)
			total += n
		}
		if i == 0 {
			attempt.Try("one more", err)
		}
	}
	return total >> 20
}

// pipes returns how many MB of kernel memory go into pipes.
func pipes() int {
	total, chunk := 0, make([]byte, 1<<20)
	for {
		var p [2]int
		if err := syscall.Pipe2(p[:], syscall.O_NONBLOCK); err != nil {
			attempt.Try("one more", err)
			return total >> 20
		}
		if total == 0 {
			attempt.Call("a larger pipe", syscall.SYS_FCNTL, uintptr(p[1]), unix.F_SETPIPE_SZ, 1<<20)
		}
		n, _ := syscall.Write(p[1], chunk)
		total += max(n, 0)
	}
}
