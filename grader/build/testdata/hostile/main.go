//go:build linux

// Hostile stands in the compiler's place and tries to get out. What it is to try
// is the name of the source file; what it got through, it prints, a word each, and
// ends like a compiler that found a mistake.
package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// object is the file that a compiler makes.
const object = "main.a"

func main() {
	tries := map[string]func(){
		"reach.go":    reach,
		"folder.go":   func() { must(os.Mkdir(object, 0o700)); os.Exit(0) },
		"none.go":     func() { os.Exit(0) },
		"executed.go": func() { fmt.Println("execute") },
		"fill.go":     fill,
		"many.go":     many,
		"flood.go":    flood,
		"wait.go":     func() { time.Sleep(time.Hour) },
		"spin.go": func() {
			for {
			}
		},
		"threads.go": func() {
			for range 10_000 {
				go func() { var b [1]byte; syscall.Read(0, b[:]) }()
			}
			time.Sleep(time.Hour)
		},
	}
	tries[os.Args[len(os.Args)-1]]()
	os.Exit(1)
}

// reach looks at everything that is none of a compiler's business.
func reach() {
	attempt(looks)
	if os.Getpid() == 1 { // else it would do harm
		attempt(harm)
	}
	_ = syscall.Exec("/proc/self/exe", []string{"compile", "executed.go"}, nil)
}

func attempt(all map[string]func() error) {
	for what, try := range all {
		if try() == nil {
			fmt.Println(what)
		}
	}
}

var harm = map[string]func() error{
	"write-root":    func() error { return os.WriteFile("/x", nil, 0o600) },
	"write-archive": func() error { return os.WriteFile(filepath.Join(archives(), "fmt.a"), nil, 0o600) },
	"add-archive":   func() error { return os.WriteFile(filepath.Join(archives(), "x.a"), nil, 0o600) },
	"drop-archive":  func() error { return os.Remove(filepath.Join(archives(), "fmt.a")) },
	"signal":        func() error { return syscall.Kill(os.Getppid(), 0) },
	"signal-all":    func() error { return syscall.Kill(-1, 0) },
	"trace":         func() error { return syscall.PtraceAttach(os.Getppid()) },
	"namespace":     func() error { return syscall.Unshare(syscall.CLONE_NEWUSER) },
	"mount":         func() error { return syscall.Mount("", "/", "tmpfs", 0, "") },
	"root":          func() error { return syscall.Setuid(0) },
	"symlink":       func() error { return os.Symlink("/etc/passwd", "symlink") },
	"link":          func() error { return os.Link("/proc/self/exe", "link") },
	"fifo":          func() error { return syscall.Mkfifo("fifo", 0o600) },
}

var looks = map[string]func() error{
	"read-passwd":   func() error { _, err := os.ReadFile("/etc/passwd"); return err },
	"read-process":  func() error { _, err := os.ReadFile("/proc/self/status"); return err },
	"read-above":    func() error { _, err := os.ReadFile("../../../../../../etc/passwd"); return err },
	"read-programs": func() error { _, err := os.ReadDir("/usr"); return err },
	"read-system":   func() error { _, err := os.ReadDir("/sys"); return err },
	"tcp":           func() error { _, err := net.Listen("tcp", "127.0.0.1:0"); return err },
	"unix-socket":   func() error { _, err := net.Listen("unix", "socket"); return err },
	"raw-socket":    func() error { _, err := syscall.Socket(syscall.AF_NETLINK, syscall.SOCK_RAW, 0); return err },
	"shell":         func() error { return exec.Command("/bin/sh", "-c", "exit 0").Run() },
	"fork":          fork,
	"descriptor":    descriptor,
	"environment":   environment,
}

// archives is the folder that the list of archives names.
func archives() string {
	raw, err := os.ReadFile("importcfg")
	must(err)
	for line := range strings.Lines(string(raw)) {
		if file, ok := strings.CutPrefix(strings.TrimSpace(line), "packagefile fmt="); ok {
			_, err := os.ReadFile(file)
			must(err) // or nothing could be compiled
			return filepath.Dir(file)
		}
	}
	panic("no archive of fmt")
}

func fork() error {
	pid, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	if pid == 0 {
		syscall.RawSyscall(syscall.SYS_EXIT, 0, 0, 0)
	}
	return nil
}

// descriptor finds one that was left open to it.
func descriptor() error {
	for fd := 3; fd < 100; fd++ {
		var s syscall.Stat_t
		if syscall.Fstat(fd, &s) == nil && s.Mode&syscall.S_IFMT != syscall.S_IFREG && !ours(fd) {
			return nil
		}
	}
	return syscall.EBADF
}

// ours reports whether a descriptor is one that Go's own poller has opened.
func ours(fd int) bool {
	flags, _, _ := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_GETFD, 0)
	return flags&syscall.FD_CLOEXEC != 0
}

// environment finds what is the server's.
func environment() error {
	for _, name := range []string{"PATH", "HOME", "USER", "MANCHE_TEST_SECRET"} {
		if _, ok := os.LookupEnv(name); ok {
			return nil
		}
	}
	return syscall.ENOENT
}

// fill prints how many megabytes there is room for.
func fill() {
	block, n := make([]byte, 1<<20), 0
	for i := range 4 {
		f, err := os.Create(fmt.Sprint("f", i))
		must(err)
		for err == nil && n < 1<<10 {
			if _, err = f.Write(block); err == nil {
				n++
			}
		}
	}
	fmt.Println(n)
}

// many prints how many files there is room for.
func many() {
	n := 0
	for ; n < 100_000; n++ {
		if os.Mkdir(fmt.Sprint("d", n), 0o700) != nil {
			break
		}
	}
	fmt.Println(n)
}

func flood() {
	for range 1 << 10 {
		fmt.Println(strings.Repeat("x", 1<<10))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
