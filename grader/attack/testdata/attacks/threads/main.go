// Threads makes threads without end.
package main

import (
	"runtime"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	started := make(chan bool)
	for range 5000 {
		go func() {
			runtime.LockOSThread()
			started <- true
			select {}
		}()
		<-started
	}
	attempt.Try("5000 threads", nil)
}
