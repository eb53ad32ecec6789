// Execute runs other code: programs, and memory that it has written.
package main

import (
	"os"
	"path/filepath"
	"reflect"
	"syscall"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	programs()
	memory()
	attempt.Done()
}

func programs() {
	os.WriteFile("/tmp/script", []byte("#!/program\n"), 0o755)
	os.WriteFile("/tmp/binary", []byte("\x7fELF"), 0o755)
	os.WriteFile("/tmp/suid", []byte("\x7fELF"), 0o755)
	os.Chmod("/tmp/suid", 0o755|os.ModeSetuid|os.ModeSetgid) // allowed, and worth nothing
	for _, p := range []string{"/bin/sh", "/program", "/proc/self/exe", "/tmp/script", "/tmp/binary", "/tmp/suid", "/lib64/ld-linux-x86-64.so.2"} {
		attempt.Try("exec "+p, syscall.Exec(p, []string{p}, nil))
	}
	file, _ := os.Open("/tmp/script")
	names := []string{"/tmp/script"}
	loaders, _ := filepath.Glob("/lib*/ld-*") // the only programs in sight of a dynamic one
	names = append(names, loaders...)
	empty := pointer("")
	var argv [2]uintptr
	for _, vector := range []uintptr{0, uintptr(unsafe.Pointer(&argv)), 0x1000, 0x7f0000000000} {
		attempt.Call("execveat by descriptor", unix.SYS_EXECVEAT, file.Fd(), empty, vector, 0, unix.AT_EMPTY_PATH)
		for _, name := range names {
			attempt.Call("execveat "+name, unix.SYS_EXECVEAT, ^uintptr(99), pointer(name), vector, 0, 0)
		}
		attempt.Call("execveat by an old descriptor", unix.SYS_EXECVEAT, 6, empty, vector, 0, unix.AT_EMPTY_PATH)
	}
}

func memory() {
	const rw, rx = unix.PROT_READ | unix.PROT_WRITE, unix.PROT_READ | unix.PROT_EXEC
	_, err := syscall.Mmap(-1, 0, 4096, rw|unix.PROT_EXEC, unix.MAP_PRIVATE|unix.MAP_ANON)
	attempt.Try("map writable and executable", err)
	_, err = syscall.Mmap(-1, 0, 4096, rx, unix.MAP_PRIVATE|unix.MAP_ANON)
	attempt.Try("map anonymous executable", err)
	data, _ := syscall.Mmap(-1, 0, 4096, rw, unix.MAP_PRIVATE|unix.MAP_ANON)
	attempt.Try("make written memory executable", syscall.Mprotect(data, rx))
	text := reflect.ValueOf(memory).Pointer() &^ 4095
	own := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&text))), 4096)
	attempt.Try("make its own code writable", syscall.Mprotect(own, rw|unix.PROT_EXEC))
	os.WriteFile("/tmp/code", make([]byte, 4096), 0o755)
	f, _ := os.Open("/tmp/code")
	for name, flags := range map[string]int{"private": unix.MAP_PRIVATE, "shared": unix.MAP_SHARED} {
		_, err = syscall.Mmap(int(f.Fd()), 0, 4096, rx, flags)
		attempt.Try("map a written file executable, "+name, err)
		data, _ = syscall.Mmap(int(f.Fd()), 0, 4096, unix.PROT_READ, flags)
		attempt.Try("make a written file executable, "+name, syscall.Mprotect(data, rx))
	}
}

func pointer(s string) uintptr {
	b, _ := syscall.BytePtrFromString(s)
	return uintptr(unsafe.Pointer(b))
}
