package driver

import (
	"runtime"
	"slices"
)

// goid returns the number of the calling goroutine. It is asked before each
// operation on a lock, so it does not print a stack each time: the runtime's own
// record of the goroutine has the number at one place, which is looked for once.
//
//go:norace
func goid() int64 {
	if goidAt < 0 {
		return printedGoid()
	}
	return int64(word(uintptr(goidAt)))
}

// goidAt is that place, in bytes from the start of the record; -1 as long as none
// is known.
var goidAt = -1

// ones are the places at which the record of the first goroutine, which begins the
// program, has its number.
var ones = places()

// searched is how far the place is looked for, in bytes. The record is some four
// hundred long (runtime/runtime2.go, Go 1.26).
const searched = 256

// findGoid must be called by another goroutine than the first: the one place at
// which both have their own number is no accident. It starts none for that, which a
// test that counts goroutines might see.
func findGoid() {
	both := slices.DeleteFunc(places(), func(at int) bool { return !slices.Contains(ones, at) })
	if len(both) == 1 {
		goidAt = both[0]
	}
}

// places lists those at which the record of the calling goroutine has its number.
func places() []int {
	if !readable {
		return nil
	}
	id, found := uint64(printedGoid()), []int{}
	for at := 0; at < searched; at += 8 {
		if word(uintptr(at)) == id {
			found = append(found, at)
		}
	}
	return found
}

// printedGoid reads the number of the calling goroutine from the head of its
// stack, "goroutine 12 [", the only place where Go gives it away.
//
//go:norace
func printedGoid() int64 {
	var buf [32]byte
	n := runtime.Stack(buf[:], false)
	var id int64
	for _, c := range buf[len("goroutine "):n] {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + int64(c-'0')
	}
	return id
}
