package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestRead(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	goleak.VerifyNone(t)
	lines, stop = Read("one\n")
	for range lines {
	}
	stop()
	goleak.VerifyNone(t)
	lines, _ = Read("one\ntwo\n") // and nobody stops this one
	<-lines
}
