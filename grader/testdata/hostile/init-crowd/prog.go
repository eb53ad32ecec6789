// want: failed
// want: leak leak.receive prog.go:24 TestLeak
// passed: TestSound
//
// A crowd of goroutines from before the checks: the one that a check leaves is
// still seen.

package prog

var hold = make(chan bool)

func init() {
	for range 600 {
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
