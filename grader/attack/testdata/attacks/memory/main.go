// Memory takes memory in every way there is.
package main

import (
	"os"
	"syscall"
	"unsafe"

	"manche/grader/attack/testdata/attacks/attempt"
	"manche/grader/attack/testdata/attacks/unix"
)

const (
	huge    = 4 << 30
	private = syscall.MAP_PRIVATE | syscall.MAP_ANON
	rw      = syscall.PROT_READ | syscall.PROT_WRITE
)

var kept [][]byte

func main() {
	switch os.Args[1] {
	case "heap":
		for {
			touch(make([]byte, 16<<20))
		}
	case "populate":
		for range 4 {
			go populate()
		}
		populate()
	case "advice":
		advice()
	case "grow":
		grow()
	case "goroutines":
		for c := make(chan int); ; {
			go func() { <-c }()
		}
	case "stack":
		recurse(1)
	case "at-once":
		touch(make([]byte, huge))
	case "tables":
		tables()
	case "shared":
		_, err := syscall.Mmap(-1, 0, huge, rw, syscall.MAP_SHARED|syscall.MAP_ANON)
		attempt.Try("shared anonymous memory", err)
		_, err = syscall.Mmap(-1, 0, 2<<20, rw, private|0x40000)
		attempt.Try("huge pages", err)
		zero, err := os.OpenFile("/dev/zero", os.O_RDWR, 0)
		attempt.Try("open /dev/zero", err)
		if err == nil {
			_, err = syscall.Mmap(int(zero.Fd()), 0, huge, rw, syscall.MAP_SHARED)
			attempt.Try("map /dev/zero", err)
		}
		attempt.Done()
	case "reserve":
		_, err := syscall.Mmap(-1, 0, 1<<42, syscall.PROT_NONE, private|syscall.MAP_NORESERVE)
		if err == nil { // addresses are free of charge
			attempt.Done()
		}
	}
}

// tables reads one byte in each 2 MB of nothing: every read costs a page table,
// and no page.
func tables() {
	for {
		b, err := syscall.Mmap(-1, 0, 1<<40, syscall.PROT_READ, private|syscall.MAP_NORESERVE)
		if err != nil {
			attempt.Try("page tables", err)
			os.Exit(1)
		}
		sum := byte(0)
		for i := 0; i < len(b); i += 2 << 20 {
			sum += b[i]
		}
		kept = append(kept, b[:sum])
	}
}

// advice asks the kernel for pages of 2 MB, of which a touch takes a whole one.
func advice() {
	const advised = 64 << 20
	for {
		b, err := syscall.Mmap(-1, 0, advised, rw, private)
		if err != nil {
			attempt.Try("more memory", err)
			os.Exit(1)
		}
		_ = syscall.Madvise(b, unix.MADV_HUGEPAGE) // without them, pages are small
		touch(b)
	}
}

// grow makes one mapping larger and larger.
func grow() {
	size := uintptr(2 << 20)
	b, err := syscall.Mmap(-1, 0, int(size), rw, private)
	if err != nil {
		attempt.Try("memory", err)
		os.Exit(1)
	}
	for at := uintptr(unsafe.Pointer(&b[0])); ; size *= 2 {
		moved, _, errno := syscall.Syscall6(syscall.SYS_MREMAP, at, size, 2*size, unix.MREMAP_MAYMOVE, 0, 0)
		attempt.Try("a larger mapping", errno)
		if errno != 0 {
			attempt.Done()
			return
		}
		at = moved
		touch(unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), 2*size))
	}
}

func populate() {
	for {
		b, err := syscall.Mmap(-1, 0, 16<<20, rw, private|syscall.MAP_POPULATE)
		if err != nil {
			attempt.Try("populate", err)
			os.Exit(1)
		}
		touch(b)
	}
}

func touch(b []byte) {
	for i := 0; i < len(b); i += 4096 {
		b[i] = 1
	}
	if os.Args[1] == "heap" {
		kept = append(kept, b)
	}
}

func recurse(n int) int { return recurse(n+1) + 1 }
