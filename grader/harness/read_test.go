package harness_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/harness/wire"
)

// Frames by which the cases below are written.
func begin(check string) wire.Frame { return wire.Frame{Kind: wire.Begin, Check: check} }
func end(check string) wire.Frame   { return wire.Frame{Kind: wire.End, Check: check} }
func stuck(check string) wire.Frame { return wire.Frame{Kind: wire.Stuck, Check: check} }
func canary(name string) wire.Frame { return wire.Frame{Kind: wire.Canary, Check: name, Failed: true} }

var bye = wire.Frame{Kind: wire.Bye}

func again(f wire.Frame) wire.Frame {
	f.Repetition++
	return f
}

func passed(f wire.Frame) wire.Frame {
	f.Failed = false
	return f
}

// canaries are all of them, as a program with the race detector sends them.
func canaries() []wire.Frame {
	return []wire.Frame{
		canary(wire.CanaryError), canary(wire.CanaryFatal), canary(wire.CanaryPanic), canary(wire.CanaryRace), canary(wire.CanaryLeak),
	}
}

// frames joins single frames and lists of them.
func frames(parts ...any) []wire.Frame {
	var list []wire.Frame
	for _, p := range parts {
		switch p := p.(type) {
		case wire.Frame:
			list = append(list, p)
		case []wire.Frame:
			list = append(list, p...)
		}
	}
	return list
}

// full is a report of two checks that is as it should be.
func full() []wire.Frame {
	return frames(begin("TestA"), end("TestA"), begin("TestB"), end("TestB"), canaries(), bye)
}

func without(list []wire.Frame, i int) []wire.Frame { return slices.Delete(slices.Clone(list), i, i+1) }

func TestRead(t *testing.T) {
	order := canaries()
	tests := []struct {
		name               string
		frames             []wire.Frame
		skip               []string
		complete, tampered bool
	}{
		{"as it should be", full(), nil, true, false},
		{"a failed check", frames(begin("TestA"), wire.Frame{Kind: wire.End, Check: "TestA", Failed: true}, begin("TestB"), end("TestB"), order, bye), nil, true, false},
		{"two repetitions", frames(full()[:4], again(begin("TestA")), again(end("TestA")), order, bye), nil, true, false},
		{"a skipped check", frames(begin("TestB"), end("TestB"), order, bye), []string{"TestA"}, true, false},
		{"nothing", nil, nil, false, false},
		{"only a bye", frames(bye), nil, false, true},
		{"no check ran", frames(order, bye), nil, false, false},
		{"a check is missing", frames(begin("TestA"), end("TestA"), order, bye), nil, false, false},
		{"another check", frames(begin("TestA"), end("TestA"), begin("TestC"), end("TestC"), order, bye), nil, false, false},
		{"the checks in another order", frames(begin("TestB"), end("TestB"), begin("TestA"), end("TestA"), order, bye), nil, false, false},
		{"a check twice", frames(begin("TestA"), end("TestA"), full()), nil, false, false},
		{"a skipped check that ran", full(), []string{"TestA"}, false, false},
		{"a repetition that never ended", frames(full()[:4], again(begin("TestA")), order, bye), nil, false, false},
		{"no bye", full()[:9], nil, false, false},
		{"died in a check", full()[:3], nil, false, false},
		{"died between checks", full()[:2], nil, false, false},
		{"died in the canaries", full()[:6], nil, false, false},
		{"stuck", frames(begin("TestA"), stuck("TestA")), nil, false, false},
		{"stuck, and a bye", frames(begin("TestA"), stuck("TestA"), begin("TestB"), end("TestB"), order, bye), nil, false, false},
		{"stuck before the first check", frames(stuck("")), nil, false, false},
		{"stuck in no check", frames(begin("TestA"), stuck("")), nil, false, true},
		{"a canary that passed", frames(full()[:4], passed(order[0]), order[1:], bye), nil, false, true},
		{"the last canary passed", frames(full()[:4], order[:4], passed(order[4]), bye), nil, false, true},
		{"a canary passed, no bye", frames(full()[:4], passed(order[0])), nil, false, true},
		{"no canaries", frames(full()[:4], bye), nil, false, true},
		{"one canary missing", without(full(), 7), nil, false, true},
		{"one canary twice", frames(full()[:4], order[0], order, bye), nil, false, true},
		{"canaries in another order", frames(full()[:4], order[1], order[0], order[2:], bye), nil, false, true},
		{"two ends", frames(begin("TestA"), end("TestA"), end("TestA"), full()[2:]), nil, false, true},
		{"an end without a beginning", frames(end("TestA"), full()), nil, false, true},
		{"the end of another check", frames(begin("TestA"), end("TestB"), full()[2:]), nil, false, true},
		{"stuck after the end", frames(begin("TestA"), end("TestA"), stuck("TestA")), nil, false, true},
		{"an end after stuck", frames(begin("TestA"), stuck("TestA"), end("TestA")), nil, false, true},
		{"two beginnings", frames(begin("TestA"), full()), nil, false, false},
		{"a frame of no kind", frames(full()[:4], wire.Frame{Kind: "pass"}, order, bye), nil, true, false},
	}
	p := twoChecks(t)
	o := harness.Orders{Key: []byte("k"), Race: true}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o.Skip = tt.skip
			got := p.Read(o, sent(o.Key, tt.frames), nil)
			if got.Complete != tt.complete || got.Tampered != tt.tampered {
				t.Errorf("complete %v, tampered %v, want %v, %v", got.Complete, got.Tampered, tt.complete, tt.tampered)
			}
		})
	}
}

func twoChecks(t *testing.T) *harness.Program {
	t.Helper()
	return put(t, simple, "package answer\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {}\n\nfunc TestB(t *testing.T) {}\n")
}

func sent(key []byte, frames []wire.Frame) []byte {
	var b bytes.Buffer
	r := wire.NewReporter(&b, key)
	for _, f := range frames {
		r.Send(f)
	}
	return b.Bytes()
}

// Without the race detector its canary must not come.
func TestReadWithoutRaceDetector(t *testing.T) {
	p, o := twoChecks(t), harness.Orders{Key: []byte("k")}
	if got := p.Read(o, sent(o.Key, full()), nil); got.Complete || !got.Tampered {
		t.Errorf("with a race canary: complete %v, tampered %v", got.Complete, got.Tampered)
	}
	if got := p.Read(o, sent(o.Key, without(full(), 7)), nil); !got.Complete || got.Tampered {
		t.Errorf("without it: complete %v, tampered %v", got.Complete, got.Tampered)
	}
}

// A stream that is not genuine to its end after a bye is not believed; one that
// was cut before it tells what it tells.
func TestReadForgedStreams(t *testing.T) {
	p, o := twoChecks(t), harness.Orders{Key: []byte("k"), Race: true}
	whole := sent(o.Key, full())
	for name, tt := range map[string]struct {
		report             []byte
		attempts           int
		complete, tampered bool
	}{
		"another key":           {sent([]byte("l"), full()), 0, false, false},
		"a line after":          {append(slices.Clone(whole), "PASS\n"...), 2, false, true},
		"a line before":         {append([]byte("PASS\n"), whole...), 0, false, false},
		"cut":                   {whole[:len(whole)-10], 2, false, false},
		"frames of another run": {append(slices.Clone(whole), whole...), 2, false, true},
		"text":                  {[]byte("--- PASS: TestA\nPASS\n"), 0, false, false},
	} {
		got := p.Read(o, tt.report, nil)
		if got.Complete != tt.complete || got.Tampered != tt.tampered || len(got.Attempts) != tt.attempts {
			t.Errorf("%s: complete %v, tampered %v, %d attempts, want %v, %v, %d",
				name, got.Complete, got.Tampered, len(got.Attempts), tt.complete, tt.tampered, tt.attempts)
		}
	}
}

// Each attempt has what was printed meanwhile, under its own names, and one that
// never ended has the rest.
func TestReadPartsTheOutput(t *testing.T) {
	p, o := twoChecks(t), harness.Orders{Key: []byte("k"), Race: true}
	hidden := strings.TrimPrefix(hiddenName(t, p, "TestA"), "TestA")
	cut := func(n int) string { return "\n" + wire.CutLine(o.Key, n) + "\n" }
	list := frames(begin("TestA"), end("TestA"), begin("TestB"))
	list[1].Stack, list[1].Left, list[1].Panic = "in TestA"+hidden, "left TestA"+hidden, "value TestA"+hidden
	out := "start" + cut(0) + "first TestA" + hidden + cut(1) + "between" + cut(2) + "second\npanic: x\n"
	got := p.Read(o, sent(o.Key, list), []byte(out))
	if len(got.Attempts) != 2 {
		t.Fatalf("got %d attempts", len(got.Attempts))
	}
	a, b := got.Attempts[0], got.Attempts[1]
	if strings.TrimSpace(a.Output) != "first TestA" || strings.TrimSpace(b.Output) != "second\npanic: x" {
		t.Errorf("got outputs %q and %q", a.Output, b.Output)
	}
	if a.Stack != "in TestA" || a.Left != "left TestA" || a.Panic != "value TestA" || !a.Ended || b.Ended || b.Stuck {
		t.Errorf("got %+v and %+v", a, b)
	}
	// After the last one's end, what follows is no attempt's.
	got = p.Read(o, sent(o.Key, list[:2]), []byte("start"+cut(0)+"first"+cut(1)+"panic in TestA"+hidden))
	if a := got.Attempts[0]; strings.TrimSpace(a.Output) != "first" || strings.TrimSpace(got.Rest) != "panic in TestA" {
		t.Errorf("got output %q and the rest %q", a.Output, got.Rest)
	}
	// Output that was cut off, or without its cuts: no text, but plain names.
	for _, out := range []string{"", "flood", cut(7) + "forged" + cut(8)} {
		got = p.Read(o, sent(o.Key, list), []byte(out))
		if a := got.Attempts[0]; a.Output != "" || a.Stack != "in TestA" || a.Left != "left TestA" || a.Panic != "value TestA" {
			t.Errorf("output %q: got %+v", out, a)
		}
	}
}

// While the program runs, an attempt is known when it is over and all its output has
// come.
func TestReadHeard(t *testing.T) {
	p, o := twoChecks(t), harness.Orders{Key: []byte("k"), Race: true}
	cuts := func(n int) []byte {
		var out []byte
		for i := range n {
			out = append(out, wire.CutLine(o.Key, i)+"\n"...)
		}
		return out
	}
	for name, tt := range map[string]struct {
		frames []wire.Frame
		cuts   int
		want   int
	}{
		"begun":                     {frames(begin("TestA")), 1, 0},
		"begun, and the cuts":       {frames(begin("TestA")), 2, 0},
		"ended":                     {frames(begin("TestA"), end("TestA")), 2, 1},
		"ended, without its output": {frames(begin("TestA"), end("TestA")), 1, 0},
		"stuck":                     {frames(begin("TestA"), stuck("TestA")), 2, 1},
		"the next one has begun":    {frames(begin("TestA"), end("TestA"), begin("TestB")), 4, 1},
		"both":                      {full()[:4], 4, 2},
		"both, one without output":  {full()[:4], 3, 1},
	} {
		if got := p.Heard(o, sent(o.Key, tt.frames), cuts(tt.cuts)); len(got) != tt.want {
			t.Errorf("%s: heard %d attempts, want %d", name, len(got), tt.want)
		}
	}
}

// hiddenName finds the name that a check has in the program.
func hiddenName(t *testing.T, p *harness.Program, check string) string {
	t.Helper()
	_, rest, found := strings.Cut(string(p.Files[checksFile]), "func "+check)
	name, _, _ := strings.Cut(rest, "(")
	if !found {
		t.Fatalf("%s is not in the program", check)
	}
	return check + name
}
