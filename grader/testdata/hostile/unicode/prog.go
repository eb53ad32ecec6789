// want: failed
// want: leak leak.receive_alone prog.go:15 TestΔοκιμή
// goroutine: receive prog.(*Ουρά).Άνοιξε.func1 prog.go:15
// want: race race.read_write prog.go:24 TestÉcluse
// goroutine: read prog.Écluse prog.go:27
// goroutine: write prog.Écluse.func1 prog.go:24
//
// Names in other letters than English ones.

package prog

type Ουρά struct{ κανάλι chan int }

func (ο *Ουρά) Άνοιξε() {
	go func() { <-ο.κανάλι }()
}

// 水 counts.
var 水 int

func Écluse() int {
	fini := make(chan bool)
	go func() {
		水 = 1
		close(fini)
	}()
	vu := 水
	<-fini
	return vu
}
