package lines

import (
	"slices"
	"testing"
)

func TestReadsEveryLine(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	defer stop()
	var got []string
	for line := range lines {
		got = append(got, line)
	}
	if want := []string{"one", "two", "three"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStopTwice(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	stop()
}
