package figures_test

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"manche/cmd/manche/figures"
	"manche/content"
)

// steps makes four steps, 25 seconds apart, and returns what was told.
func steps(t *testing.T, terminal bool) string {
	var told strings.Builder
	v := voice(t, content.EN)
	synctest.Test(t, func(*testing.T) {
		p := figures.NewProgress(&told, terminal, v, "cli.detection.progress", 8)
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
	if got, want := steps(t, false), "4 of 8 tries (50%), 1m15s\n"; got != want {
		t.Errorf("to a file: %q, want %q", got, want)
	}
	want := "\r2 of 8 tries (25%), 25s\x1b[K\r3 of 8 tries (37%), 50s\x1b[K\r4 of 8 tries (50%), 1m15s\x1b[K\r5 of 8 tries (62%), 1m40s\x1b[K\n"
	if got := steps(t, true); got != want {
		t.Errorf("to a terminal: %q, want %q", got, want)
	}
	var nothing strings.Builder
	figures.NewProgress(&nothing, true, voice(t, content.EN), "cli.detection.progress", 0).End()
	if nothing.Len() > 0 {
		t.Errorf("of nothing it says %q", nothing.String())
	}
}

func TestThisMachine(t *testing.T) {
	m := figures.ThisMachine()
	if m.CPU == "" || strings.Contains(m.CPU, "\n") || m.Cores < 1 || !strings.HasPrefix(m.System, runtime.GOOS+"/") {
		t.Errorf("this machine is %+v", m)
	}
}

func voice(t *testing.T, lang content.Lang) content.Voice {
	t.Helper()
	messages, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	return messages.In(lang)
}

func TestNumber(t *testing.T) {
	if en, fr := figures.Number(voice(t, content.EN), 1.25, 1), figures.Number(voice(t, content.FR), 0.25, 3); en != "1.2" || fr != "0,250" {
		t.Errorf("got %s and %s, want 1.2 and 0,250", en, fr)
	}
	if got := figures.Dashed(""); got != "–" {
		t.Errorf("nothing is written %q", got)
	}
}
