package lines

import (
	"testing"
	"testing/synctest"
	"time"
)

// A bubble fails when the goroutines left in it can go no further. In virtual
// time the moment that Read promises costs nothing.

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
