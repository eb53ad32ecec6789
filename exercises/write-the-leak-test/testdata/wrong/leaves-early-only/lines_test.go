package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestStopBeforeTheEnd(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	goleak.VerifyNone(t)
}
