package lines

import (
	"testing"

	"go.uber.org/goleak"
)

const text = "one\ntwo\nthree\n"

func TestStopBeforeTheEnd(t *testing.T) {
	lines, stop := Read(text)
	if got := <-lines; got != "one" {
		t.Errorf("first line %q, want %q", got, "one")
	}
	stop()
	goleak.VerifyNone(t)
}

func TestStopAfterTheEnd(t *testing.T) {
	lines, stop := Read(text)
	n := 0
	for range lines {
		n++
	}
	if n != 3 {
		t.Errorf("%d lines, want 3", n)
	}
	stop()
	goleak.VerifyNone(t)
}
