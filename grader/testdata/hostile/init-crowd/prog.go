// want: failed
// want: leak leak.receive prog.go:24 TestLeak
// passed: TestSound
//
// So many goroutines from before the checks that no dump holds them all: the one
// that a check leaves is still seen.

package prog

var hold = make(chan bool)

func init() {
	for range 6000 {
		go func() {
			<-hold
		}()
	}
}

func Leak() {
	started := make(chan bool)
	go func() {
		close(started)
		<-make(chan int)
	}()
	<-started
}
