package lines

import "testing"

const text = "one\ntwo\nthree\n"

func TestRead(t *testing.T) {
	lines, stop := Read(text)
	defer stop()
	if got := <-lines; got != "one" {
		t.Errorf("first line %q, want %q", got, "one")
	}
	// The result is right. But what is still running once stop has returned?
}
