package lines

import "testing"

func TestRead(t *testing.T) {
	lines, stop := Read("one\ntwo\nthree\n")
	<-lines
	stop()
	t.Fail()
}
