// want: failed
// want: timeout timeout.check prog.go:17 TestBusy
// want: timeout timeout.check prog.go:23 TestSleeping
// want: deadlock deadlock.receive prog.go:28 TestBlocked
//
// Checks that never return, each in its own way.

package prog

import "time"

func step(n int) int { return n ^ 1 }

func Busy() {
	n := 0
	for n >= 0 {
		n = step(n)
	}
}

func Sleeping() {
	for {
		time.Sleep(time.Hour)
	}
}

func Blocked() {
	<-make(chan int)
}
