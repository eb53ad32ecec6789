// want: failed
// want: leak leak.receive prog.go:9 TestLeaks
// passed: TestEnds
//
// Of two checks one leaks and the other does not.

package prog

func Leaks() { go func() { <-make(chan int) }() }

func Ends() {
	c := make(chan int)
	go func() { <-c }()
	c <- 1
}
