package detection_test

import (
	"runtime"
	"testing"

	"manche/cmd/manche/detection"
)

// The load leaves the scheduler as it was; goleak sees whether it has ended.
func TestLoadEnds(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	stop := detection.StartLoad(2)
	if got := runtime.GOMAXPROCS(0); got != before+2 {
		t.Errorf("GOMAXPROCS is %d under load, want %d", got, before+2)
	}
	stop()
	if got := runtime.GOMAXPROCS(0); got != before {
		t.Errorf("GOMAXPROCS is %d afterwards, want %d", got, before)
	}
}
