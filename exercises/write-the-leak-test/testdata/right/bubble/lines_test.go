package lines

import (
	"testing"
	"testing/synctest"
)

// A bubble waits for its goroutines, and fails where one can never go on.

func TestStopBeforeTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, stop := Read("one\ntwo\nthree\n")
		<-lines
		stop()
	})
}

func TestStopAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, stop := Read("one\ntwo\nthree\n")
		for range lines {
		}
		stop()
	})
}
