package wire_test

import (
	"bytes"
	"reflect"
	"strings"
	"sync"
	"testing"

	"manche/grader/harness/wire"
)

var key = []byte("a key")

// stream writes frames as the driver does.
func stream(frames ...wire.Frame) []byte {
	var b bytes.Buffer
	r := wire.NewReporter(&b, key)
	for _, f := range frames {
		r.Send(f)
	}
	return b.Bytes()
}

// three frames of different kinds, the second with every field.
func three() []wire.Frame {
	return []wire.Frame{
		{Kind: wire.Begin, Check: "TestA", Repetition: 1},
		{
			Kind: wire.End, Check: "TestA", Repetition: 1, Failed: true, Skipped: true, Panic: "p\n\"", Goexit: true, Stack: "s\n",
			Races: 2, Known: []int64{1, 2}, Left: strings.Repeat("goroutine\n", 100_000), Settled: true, Proven: true,
			Rings: [][]wire.LockStep{{{Holds: "a.go:1", Wants: "a.go:2"}}},
		},
		{Kind: wire.Bye},
	}
}

func TestFramesArrive(t *testing.T) {
	want := three()
	got, genuine := wire.ReadFrames(bytes.NewReader(stream(want...)), key)
	if !genuine || !reflect.DeepEqual(got, want) {
		t.Errorf("genuine %v, got %+v, want %+v", genuine, got, want)
	}
	got, genuine = wire.ReadFrames(strings.NewReader(""), key)
	if !genuine || len(got) != 0 {
		t.Errorf("nothing: genuine %v, got %v", genuine, got)
	}
}

// Whatever is done to a stream, the frames before it are kept and no other.
func TestTamperedStreams(t *testing.T) {
	lines := strings.SplitAfter(string(stream(three()...)), "\n")
	a, b, c := lines[0], lines[1], lines[2]
	other := string(func() []byte {
		var out bytes.Buffer
		wire.NewReporter(&out, []byte("another key")).Send(wire.Frame{Kind: wire.Bye})
		return out.Bytes()
	}())
	swapped := c[:64] + b[64:]
	tests := []struct {
		name, stream string
		want         int // frames
	}{
		{"replayed", a + a + b + c, 1},
		{"replayed at the end", a + b + c + c, 3},
		{"one left out", a + c, 1},
		{"the first left out", b + c, 0},
		{"reordered", b + a + c, 0},
		{"cut in the middle of a line", a + b[:len(b)/2], 1},
		{"cut in the MAC", a + b[:10], 1},
		{"another key", a + other, 1},
		{"another frame's MAC", a + swapped, 1},
		{"a bit of the body", a + b[:70] + "X" + b[71:], 1},
		{"a bit of the MAC", flipped(a) + b + c, 0},
		{"no MAC", a + b[65:], 1},
		{"no space", a + b[:64] + b[65:], 1},
		{"another space", a + b[:64] + "+" + b[65:], 1},
		{"an empty line", a + "\n" + b + c, 1},
		{"text between", a + "PASS\n" + b + c, 1},
		{"text after", a + b + c + "x", 3},
		{"a line too long", a + strings.Repeat("x", 9<<20) + "\n" + b, 1},
		{"upper case", strings.ToUpper(a[:64]) + a[64:], 0},
	}
	for _, tt := range tests {
		got, genuine := wire.ReadFrames(strings.NewReader(tt.stream), key)
		if genuine || len(got) != tt.want {
			t.Errorf("%s: genuine %v, %d frames, want false, %d", tt.name, genuine, len(got), tt.want)
		}
	}
}

// flipped changes one hexadecimal digit.
func flipped(line string) string {
	if line[0] == '0' {
		return "1" + line[1:]
	}
	return "0" + line[1:]
}

// A line that parts the output is nobody's frame, and no frame is such a line.
func TestCutLinesAreNoFrames(t *testing.T) {
	seen := make(map[string]bool)
	for n := range 100 {
		cut := wire.CutLine(key, n)
		seen[cut] = true
		if strings.Contains(cut, "\n") || wire.CutLine([]byte("another key"), n) == cut {
			t.Errorf("cut line %d is %q", n, cut)
		}
		if got, genuine := wire.ReadFrames(strings.NewReader(cut[1:]+" cut\n"), key); genuine || len(got) > 0 {
			t.Errorf("cut line %d reads as %v", n, got)
		}
	}
	if len(seen) != 100 {
		t.Errorf("%d different lines of 100", len(seen))
	}
}

// The reporter keeps its order under use from several goroutines.
func TestReporterIsSafeForConcurrentUse(t *testing.T) {
	var b bytes.Buffer
	r := wire.NewReporter(&b, key)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				r.Send(wire.Frame{Kind: wire.Canary})
			}
		})
	}
	wg.Wait()
	if got, genuine := wire.ReadFrames(&b, key); !genuine || len(got) != 400 {
		t.Errorf("genuine %v, %d frames, want true, 400", genuine, len(got))
	}
}

// No text without the key is a frame.
func FuzzReadFrames(f *testing.F) {
	f.Add(stream(three()[:1]...), "x")
	f.Add(stream(three()[0], three()[2]), "x")
	f.Add([]byte("\n"), "")
	f.Add([]byte(strings.Repeat("0", 64)+" bye\t\n"), "a key")
	f.Fuzz(func(t *testing.T, raw []byte, other string) {
		frames, genuine := wire.ReadFrames(bytes.NewReader(raw), []byte("unguessed"+other))
		if len(frames) > 0 {
			t.Errorf("frames without the key: %+v", frames)
		}
		if genuine && len(raw) > 0 && !bytes.Equal(raw, []byte("\r")) {
			t.Errorf("%q is genuine", raw)
		}
		// Genuine frames followed by anything are these frames.
		sent := three()[0]
		got, genuine := wire.ReadFrames(bytes.NewReader(append(stream(sent), raw...)), key)
		if len(got) < 1 || !reflect.DeepEqual(got[0], sent) || genuine && len(raw) > 0 && len(got) < 2 {
			t.Errorf("genuine %v, %+v", genuine, got)
		}
	})
}
