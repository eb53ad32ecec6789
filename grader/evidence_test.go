package grader_test

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"manche/grader"
	"manche/grader/harness"
	"manche/grader/harness/wire"
	"manche/grader/sandbox"
)

// attempts are runs of these checks that came to their end.
func attempts(names []string) []harness.Attempt {
	var list []harness.Attempt
	for _, name := range names {
		list = append(list, harness.Attempt{Frame: wire.Frame{Kind: wire.End, Check: name}, Ended: true})
	}
	return list
}

// What is not a whole and believable run is never passed.
func TestEvidenceFailsClosed(t *testing.T) {
	b, ex := theBench(t), exercise(t)
	whole := attempts(ex.CheckList)
	unended := func(a harness.Attempt) harness.Attempt { a.Ended = false; return a }
	stuck := func(a harness.Attempt) harness.Attempt { a.Ended, a.Stuck = false, true; return a }
	failed := func(a harness.Attempt) harness.Attempt { a.Failed = true; return a }
	racy := func(a harness.Attempt) harness.Attempt { a.Races = 1; return a }
	left := func(a harness.Attempt) harness.Attempt { a.Left = "goroutine 9 [running]:\n"; return a }
	with := func(i int, change func(harness.Attempt) harness.Attempt) []harness.Attempt {
		list := slices.Clone(whole)
		list[i] = change(list[i])
		return list
	}
	exited := sandbox.Result{Stop: sandbox.Exited}
	tests := []struct {
		name   string
		result sandbox.Result
		runs   []harness.Run
		want   string
		passed string // which checks may count as passed, by number
	}{
		{"whole", exited, []harness.Run{{Attempts: whole, Complete: true}}, "passed", "01234"},
		{"tampered", exited, []harness.Run{{Attempts: whole, Tampered: true}}, "failed panic.tampered", ""},
		{"tampered, and complete", exited, []harness.Run{{Attempts: whole, Complete: true, Tampered: true}}, "failed panic.tampered", ""},
		{"tampered in the second process", exited, []harness.Run{{Attempts: with(4, unended)}, {Attempts: whole[:4], Tampered: true}}, "failed panic.tampered panic.exit", ""},
		{"nothing", exited, []harness.Run{{}}, "failed panic.exit", ""},
		{"no run", exited, nil, "unproven", ""},
		{"not to the end", exited, []harness.Run{{Attempts: whole}}, "failed panic.exit", "0123"},
		{"a check is missing", exited, []harness.Run{{Attempts: whole[:4]}}, "failed panic.exit", "012"},
		{"the last one did not end", exited, []harness.Run{{Attempts: with(4, unended)}}, "failed panic.exit", "0123"},
		{"out of memory", sandbox.Result{Stop: sandbox.MemoryLimit}, []harness.Run{{Attempts: with(4, unended)}}, "failed resource.memory", "0123"},
		{"too much output", sandbox.Result{Stop: sandbox.OutputLimit}, []harness.Run{{}}, "failed resource.output", ""},
		{"too much report", sandbox.Result{Stop: sandbox.ReportLimit}, []harness.Run{{}}, "failed resource.report", ""},
		{"out of time", sandbox.Result{Stop: sandbox.WallTime}, []harness.Run{{}}, "failed timeout.process", ""},
		{"out of processor time", sandbox.Result{Stop: sandbox.CPUTime}, []harness.Run{{}}, "failed timeout.processor", ""},
		{"killed by a signal", sandbox.Result{Stop: sandbox.Signaled, Signal: "SIGSEGV"}, []harness.Run{{}}, "failed panic.exit", ""},
		{"stuck", exited, []harness.Run{{Attempts: with(4, stuck)}}, "failed timeout.check", "0123"},
		{"failed without a word", exited, []harness.Run{{Attempts: with(2, failed), Complete: true}}, "failed test.silent", "0134"},
		{"a race without a report", exited, []harness.Run{{Attempts: with(2, racy), Complete: true}}, "failed race.unplaced", "0134"},
		{"a goroutine without a place", exited, []harness.Run{{Attempts: with(2, left), Complete: true}}, "failed leak.unplaced", "0134"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := b.Assess(ex.Slug, tt.result, tt.runs...)
			b.hold(t, v)
			if got := describe(v); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			passed := ""
			for i, c := range v.Checks {
				if c.Outcome == grader.Passed {
					passed += strconv.Itoa(i)
				}
			}
			if passed != tt.passed {
				t.Errorf("the checks %q have passed, want %q: %+v", passed, tt.passed, v.Checks)
			}
		})
	}
}

// A process that ends between its checks ends by what the first of them has left that
// may still act, or else by what the last one did. What that one is reported for stays.
func TestDeathBetweenChecks(t *testing.T) {
	b, ex := theBench(t), exercise(t)
	left := func(a harness.Attempt) harness.Attempt {
		a.Left, a.Settled = "goroutine 9 [select]:\nmain.f()\n\tsearch.go:7 +0x1\n", true
		return a
	}
	failed := func(a harness.Attempt) harness.Attempt { a.Failed = true; return a }
	const why = "panic: late\n\ngoroutine 9 [running]:\nmain.f()\n\tsearch.go:8 +0x1\n"
	for name, tt := range map[string]struct {
		change func(list []harness.Attempt)
		want   string
		failed []string
	}{
		"nothing is left":       {func([]harness.Attempt) {}, "failed panic.other", ex.CheckList[4:]},
		"the first has left it": {func(list []harness.Attempt) { list[0] = left(list[0]) }, "failed panic.other leak.waiting", ex.CheckList[:1]},
		"the last has failed":   {func(list []harness.Attempt) { list[4] = failed(list[4]) }, "failed panic.other test.silent", ex.CheckList[4:]},
		"the last has left it":  {func(list []harness.Attempt) { list[4] = left(list[4]) }, "failed panic.other leak.waiting", ex.CheckList[4:]},
	} {
		list := attempts(ex.CheckList)
		tt.change(list)
		v := b.Assess(ex.Slug, sandbox.Result{Stop: sandbox.Exited, ExitCode: 2}, harness.Run{Attempts: list, Rest: why})
		b.hold(t, v)
		if got := describe(v); got != tt.want || v.Findings[0].Line != 8 {
			t.Errorf("%s: got %s at line %d, want %s at 8", name, got, v.Findings[0].Line, tt.want)
		}
		var got []string
		for _, c := range v.Checks {
			if c.Outcome == grader.Failed {
				got = append(got, c.Name)
			}
		}
		if !slices.Equal(got, tt.failed) {
			t.Errorf("%s: failed are %q, want %q", name, got, tt.failed)
		}
	}
}

// Each bound of a process has its own figure.
func TestBoundsThatEndAProcess(t *testing.T) {
	for stop, want := range map[sandbox.Stop]map[string]string{
		sandbox.WallTime: {"seconds": "10"}, sandbox.CPUTime: {"seconds": "20"},
		sandbox.MemoryLimit: {"limit": "512"}, sandbox.OutputLimit: {"limit": "1"}, sandbox.ReportLimit: {"limit": "16"},
	} {
		v := theBench(t).Assess(exercise(t).Slug, sandbox.Result{Stop: stop}, harness.Run{})
		if got := v.Findings[0].Params; !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", stop, got, want)
		}
	}
}

// Whoever waits for a goroutine that stayed behind stays behind as well, and says
// less than that one, on whichever line it waits.
func TestCauseBeforeConsequence(t *testing.T) {
	v := assess(t, wire.Frame{Kind: wire.End, Left: `goroutine 8 [sync.WaitGroup.Wait (leaked)]:
main.Search.func1()
	search.go:14 +0x1

goroutine 9 [chan send (leaked)]:
main.Search.func2()
	search.go:16 +0x1
`})
	if got, want := describe(v), "failed leak.send leak.wait"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Tools' reports of what happened outside of the learner's files, in part or whole:
// each has a sentence, and none of a place that is not known.
func TestOutsideTheLearnersFiles(t *testing.T) {
	b, ex := theBench(t), exercise(t)
	const rule = "==================\n"
	side := func(head, file string) string { return head + ":\n  main.f()\n      " + file + ":7 +0x1\n\n" }
	race := func(one, two string) harness.Attempt {
		return harness.Attempt{
			Frame: wire.Frame{Kind: wire.End, Races: 1}, Ended: true,
			Output: "\n" + rule + "WARNING: DATA RACE\n" + side("Write at 0x00c000012345 by goroutine 7", one) +
				side("Previous read at 0x00c000012345 by goroutine 8", two) + rule,
		}
	}
	left := func(created string) harness.Attempt {
		return harness.Attempt{Ended: true, Frame: wire.Frame{
			Kind: wire.End, Left: "goroutine 9 [select (leaked)]:\nmain.f()\n\tsearch.go:7 +0x1\ncreated by main.g in goroutine 8\n\t" + created + ":3 +0x1\n",
		}}
	}
	died := func(file string) harness.Attempt {
		return harness.Attempt{Output: "fatal error: " + grader.AllAsleep + "\n\ngoroutine 1 [chan receive]:\nmain.f()\n\t" + file + ":7 +0x1\n"}
	}
	for name, tt := range map[string]struct {
		attempt harness.Attempt
		want    string
	}{
		"race, both within":        {race("search.go", "search.go"), "failed race.same_line"},
		"race, the write outside":  {race("search_test.go", "search.go"), "failed race.one_sided"},
		"race, the read outside":   {race("search.go", "sort.go"), "failed race.one_sided"},
		"race, both outside":       {race("sort.go", "sort.go"), "failed race.unplaced"},
		"leak, started within":     {left("search.go"), "failed leak.select"},
		"leak, started outside":    {left("waitgroup.go"), "failed leak.select"},
		"all asleep, one within":   {died("search.go"), "failed deadlock.asleep"},
		"all asleep, none of ours": {died("sort.go"), "failed deadlock.unplaced"},
	} {
		tt.attempt.Check = ex.CheckList[0]
		v := b.Assess(ex.Slug, sandbox.Result{Stop: sandbox.Exited}, harness.Run{Attempts: []harness.Attempt{tt.attempt}, Complete: tt.attempt.Ended})
		b.hold(t, v)
		if got := describe(v); got != tt.want {
			t.Errorf("%s: got %s, want %s", name, got, tt.want)
		}
	}
}
