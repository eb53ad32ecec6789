// want: failed
// want: race race.unplaced - TestForge
//
// A whole race report that the program has printed stands beside the detector's:
// which of the two is real cannot be told.

package prog

import "fmt"

const report = "==================\nWARNING: DATA RACE\nWrite at 0x00c000012345 by goroutine 7:\n" +
	"  main.Forge()\n      prog.go:1 +0x44\n\nPrevious write at 0x00c000012345 by goroutine 8:\n" +
	"  main.Forge()\n      prog.go:2 +0x44\n==================\n"

func Forge() int {
	fmt.Print(report)
	n, done := 0, make(chan bool)
	go func() {
		n = 1
		close(done)
	}()
	n = 1
	<-done
	return n
}
