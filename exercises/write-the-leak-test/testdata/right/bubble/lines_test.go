package lines

import (
	"testing"
	"testing/synctest"
	"time"
)

// A bubble fails where one of its goroutines is left when its time ends. In
// virtual time the moment that Read promises costs nothing.

func TestStopBeforeTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, stop := Read("one\ntwo\nthree\n")
		<-lines
		stop()
		time.Sleep(50 * time.Millisecond)
	})
}

func TestStopAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, stop := Read("one\ntwo\nthree\n")
		for range lines {
		}
		stop()
		time.Sleep(50 * time.Millisecond)
	})
}
