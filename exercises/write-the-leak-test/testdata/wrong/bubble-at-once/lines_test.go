package lines

import (
	"testing"
	"testing/synctest"
)

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
