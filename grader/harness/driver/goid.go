package driver

import "runtime"

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

// goidAt is that place, in bytes from the start of the record; -1 if none was found.
var goidAt = findGoid()

// The place is looked for in the first bytes of the record, which is some four
// hundred long, and in so many goroutines: a word that has the number of each of
// them is no accident.
const (
	searched  = 256
	witnesses = 3
)

// findGoid looks for the one word that is the number of every witness.
func findGoid() int {
	left := words(nil)
	for range witnesses {
		seen := make(chan []int)
		go func() { seen <- words(left) }()
		left = <-seen
	}
	if len(left) != 1 {
		return -1
	}
	return left[0]
}

// words lists those of the given places, or of all if there are none, at which the
// record of the calling goroutine has its number.
func words(places []int) []int {
	if places == nil && readable {
		for at := 0; at < searched; at += 8 {
			places = append(places, at)
		}
	}
	id, found := uint64(printedGoid()), []int{}
	for _, at := range places {
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
