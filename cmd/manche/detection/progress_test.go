package detection_test

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"manche/cmd/manche/detection"
	"manche/content"
)

// steps makes four steps, 25 seconds apart, and returns what was told.
func steps(t *testing.T, terminal bool) string {
	var told strings.Builder
	v := voice(t, content.EN)
	synctest.Test(t, func(*testing.T) {
		p := detection.NewProgress(&told, terminal, v, 8)
		p.Step() // at once: too soon to be told
		for range 4 {
			time.Sleep(25 * time.Second)
			p.Step()
		}
		p.End()
	})
	return told.String()
}

func TestProgress(t *testing.T) {
	if got, want := steps(t, false), "4 of 8 tries (50 %), 1m15s\n"; got != want {
		t.Errorf("to a file: %q, want %q", got, want)
	}
	want := "\r2 of 8 tries (25 %), 25s\x1b[K\r3 of 8 tries (37 %), 50s\x1b[K\r4 of 8 tries (50 %), 1m15s\x1b[K\r5 of 8 tries (62 %), 1m40s\x1b[K\n"
	if got := steps(t, true); got != want {
		t.Errorf("to a terminal: %q, want %q", got, want)
	}
	var nothing strings.Builder
	detection.NewProgress(&nothing, true, voice(t, content.EN), 0).End()
	if nothing.Len() > 0 {
		t.Errorf("of nothing it says %q", nothing.String())
	}
}

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

func TestThisMachine(t *testing.T) {
	m := detection.ThisMachine()
	if m.CPU == "" || strings.Contains(m.CPU, "\n") || m.Cores < 1 || !strings.HasPrefix(m.System, runtime.GOOS+"/") {
		t.Errorf("this machine is %+v", m)
	}
}
