package log

import (
	"os"
	"testing"
)

func helper(t *testing.T) {
	t.Helper()
	t.Error("by a helper")
}

func TestLog(t *testing.T) {
	t.Log("one line")
	t.Errorf("got %d,\nwant %d\n\tindented further", 1, 2)
	helper(t)
	t.Run("sub", func(t *testing.T) { t.Error("in a subtest: with a colon: 3") })
	os.Stdout.WriteString("from the learner\n")
	t.Errorf("")
	t.Fatal("last")
}
