// want: failed
// want: leak leak.receive prog.go:17 TestWaitGroup
// want: leak leak.receive prog.go:25 TestTimer
//
// Goroutines whose go statement stands in none of the author's lines.

package prog

import (
	"sync"
	"time"
)

func WaitGroup() {
	var wg sync.WaitGroup
	wg.Go(func() {
		<-make(chan int)
	})
}

func Timer() {
	done := make(chan bool)
	time.AfterFunc(time.Millisecond, func() {
		close(done)
		<-make(chan int)
	})
	<-done
}
