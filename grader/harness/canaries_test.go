package harness_test

import (
	"bytes"
	"slices"
	"testing"

	"manche/grader/harness/wire"
	"manche/grader/sandbox"
)

// Every failure on purpose is sent, and seen: what the driver and its reader might
// both forget is named here.
func TestCanaries(t *testing.T) {
	p := put(t, misbehaves, checksFor(fates[:1]))
	binary, o := compile(t, p), orders(t, 1)
	box, err := sandbox.Open(t.Context(), sandbox.Config{AllowNone: true})
	if err != nil {
		t.Fatalf("opening a sandbox: %v", err)
	}
	defer box.Close()
	var report bytes.Buffer
	_, err = box.Run(t.Context(), sandbox.Program{
		Path: binary, Stdin: o.Encode(), Report: &report, Env: []string{"GORACE=atexit_sleep_ms=0 halt_on_error=0"},
	})
	if err != nil {
		t.Fatalf("running: %v", err)
	}
	frames, genuine := wire.ReadFrames(&report, o.Key)
	var seen []string
	for _, f := range frames {
		if f.Kind == wire.Canary && f.Failed {
			seen = append(seen, f.Check)
		}
	}
	want := []string{"error", "fatal", "panic", "race", "leak"}
	if !o.Race {
		want = slices.Delete(want, 3, 4)
	}
	if !genuine || !slices.Equal(seen, want) {
		t.Errorf("genuine %v, canaries %q, want %q", genuine, seen, want)
	}
}
