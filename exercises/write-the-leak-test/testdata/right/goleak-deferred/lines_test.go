package lines

import (
	"testing"

	"go.uber.org/goleak"
)

func TestLeavesNothingBehind(t *testing.T) {
	for name, count := range map[string]int{"nothing read": 0, "left early": 1, "read to the end": 3} {
		t.Run(name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			lines, stop := Read("one\ntwo\nthree\n")
			defer stop()
			for range count {
				<-lines
			}
			if count == 3 {
				if extra, ok := <-lines; ok {
					t.Errorf("one more line: %q", extra)
				}
			}
		})
	}
}
