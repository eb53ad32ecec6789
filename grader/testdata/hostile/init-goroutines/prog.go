// want: failed
// want: leak leak.receive prog.go:44 TestLeak
// goroutine: receive prog.Leak.func1 prog.go:44
// want: race race.read_write prog.go:27 TestRace
//
// Goroutines that were there before any check: none of them is a leak of a check,
// nor hides one; but one of them can race with a check.

package prog

import "time"

var (
	asked  = make(chan bool)
	served = make(chan bool)
	count  int
)

func init() {
	go func() { // sleeps
		for {
			time.Sleep(time.Hour)
		}
	}()
	go func() { // serves
		for range asked {
			count = 1
			served <- true
		}
	}()
	go func() { // never goes on
		<-make(chan int)
	}()
	go func() { // works now and then
		for range time.Tick(time.Millisecond) {
		}
	}()
}

func Leak() {
	started := make(chan bool)
	go func() {
		close(started)
		<-make(chan int)
	}()
	<-started
}

func Race() int {
	asked <- true
	seen := count
	<-served
	return seen
}
