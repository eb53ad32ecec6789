// want: failed
// want: timeout timeout.busy prog.go:13 TestBusy
// want: timeout timeout.check prog.go:19 TestSleeping
// want: deadlock deadlock.receive prog.go:24 TestBlocked
//
// Checks that never return, each in its own way.

package prog

import "time"

func Busy() {
	for {
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
