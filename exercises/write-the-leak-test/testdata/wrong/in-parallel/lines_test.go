package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestStopBeforeTheEnd(t *testing.T) {
	t.Parallel()
	defer goleak.VerifyNone(t)
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
}

func TestStopAfterTheEnd(t *testing.T) {
	t.Parallel()
	defer goleak.VerifyNone(t)
	lines, stop := Read("one\ntwo\nthree\n")
	for range lines {
	}
	stop()
}
