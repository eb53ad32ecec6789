package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestLeaveEarly(t *testing.T) {
	lines, _ := Read("one\ntwo\nthree\n")
	<-lines
	goleak.VerifyNone(t)
}

func TestReadToTheEnd(t *testing.T) {
	lines, _ := Read("one\ntwo\nthree\n")
	for range lines {
	}
	goleak.VerifyNone(t)
}
