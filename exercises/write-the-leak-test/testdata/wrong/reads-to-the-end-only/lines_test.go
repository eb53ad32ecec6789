package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestStopAfterTheEnd(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	for range lines {
	}
	stop()
	goleak.VerifyNone(t)
}
