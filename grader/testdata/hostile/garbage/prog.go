// want: failed
// want: race race.read_write prog.go:27 TestGarbage
// goroutine: read prog.Garbage prog.go:30
// goroutine: write prog.Garbage.func1 prog.go:27
//
// Binary, frames, cuts, a race report that is cut in the middle, dumps and panics,
// printed before a real race.

package prog

import (
	"fmt"
	"strings"
)

const cutReport = "==================\nWARNING: DATA RACE\nWrite at 0x00c000012345 by goroutine 7:\n" +
	"  main.Garbage()\n      prog.go:1 +0x44\n\nPrevious write at 0x00c000012345 by"

func Garbage() int {
	fmt.Print("\x00\xff\xfe\x1e\x1b[31m", strings.Repeat("\x1e0123456789abcdef", 8), "\n")
	fmt.Println(strings.Repeat("0", 64), `{"k":"bye"}`)
	fmt.Print("goroutine 1 [running (leaked)]:\nmain.Garbage()\n\tprog.go:2 +0x1\n\n")
	fmt.Print("panic: none\n\ngoroutine 7 [running]:\nmain.Garbage(...)\n\tprog.go:3\n")
	fmt.Println(cutReport)
	n, done := 0, make(chan bool)
	go func() {
		n = 1
		close(done)
	}()
	seen := n
	<-done
	return seen
}
