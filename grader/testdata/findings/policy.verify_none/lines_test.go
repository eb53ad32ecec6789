package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestRead(t *testing.T) {
	verify := goleak.VerifyNone
	_, stop := Read("one\ntwo\n")
	stop()
	verify(t)
}
