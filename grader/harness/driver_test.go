package harness_test

import (
	"slices"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/report"
	"manche/grader/sandbox"
)

// fate is what a frame is expected to say.
type fate struct {
	name, body string
	want       string // words of the report, in the order of say
}

var fates = []fate{
	{"Nothing", "Nothing()", "ended"},
	{"Error", `t.Error("bad")`, "ended failed"},
	{"Fatal", `t.Fatal("bad")`, "ended failed"},
	{"Skip", `t.Skip("no")`, "ended skipped"},
	{"Goexit", "runtime.Goexit()", "ended failed goexit"},
	{"Subtest", `t.Run("sub", func(t *testing.T) { t.Error("bad") })`, "ended failed"},
	{"Cleanup", `t.Cleanup(func() { t.Error("bad") })`, "ended failed"},
	{"Leak", "Leak()", "ended left-leaked"},
	{"LeakUnproven", "LeakUnproven()", "ended left"},
	{"EndsSoon", "EndsSoon()", "ended"},
	{"Race", "Race()", "ended failed races"},
	{"Panic", "Panic()", "ended failed panic:my own"},
	{"PanicText", "PanicText()", "ended failed panic:text"},
	{"NilMap", "NilMap()", "ended failed panic:assignment to entry in nil map"},
	{"Block", "Block()", "stuck proven"},
	{"Spin", "Spin()", "stuck busy"},
	{"Wait", "Wait()", "stuck"},
	{"BubbleLeft", "synctest.Test(t, func(t *testing.T) { Leak() })", "ended failed left panic:deadlock: main bubble goroutine has exited but blocked goroutines remain"},
	{"BubbleBlocked", "synctest.Test(t, func(t *testing.T) { Block() })", "ended failed left panic:deadlock: all goroutines in bubble are blocked"},
	{"BubbleWait", "synctest.Test(t, func(t *testing.T) { Wait() })", "ended"},
	{"Input", `if n, text := Scan(); n != 0 { t.Error(text) }`, "ended"},
	{"PanicElsewhere", "PanicElsewhere()", "died"},
}

// checksFor writes the checks of some fates.
func checksFor(list []fate) string {
	src := "package answer\n\nimport (\n\t\"runtime\"\n\t\"testing\"\n\t\"testing/synctest\"\n)\n\nvar _, _ = runtime.GC, synctest.Wait\n"
	for _, f := range list {
		src += "\nfunc Test" + f.name + "(t *testing.T) {\n\t" + f.body + "\n}\n"
	}
	return src
}

// say tells in words what the driver reports on one attempt.
func say(a harness.Attempt) string {
	words := []string{"died"}
	if a.Ended {
		words[0] = "ended"
	} else if a.Stuck {
		words[0] = "stuck"
	}
	add := func(word string, ok bool) {
		if ok {
			words = append(words, word)
		}
	}
	add("proven", a.Proven)
	add("busy", a.Busy)
	add("failed", a.Failed)
	add("skipped", a.Skipped)
	add("goexit", a.Goexit)
	add("races", a.Races > 0)
	add("ring", len(a.Rings) > 0)
	leaked := slices.ContainsFunc(report.Goroutines(a.Left), func(g report.Goroutine) bool { return g.Leaked && !slices.Contains(a.Known, g.ID) })
	add("left", a.Left != "" && !leaked && a.Ended)
	add("left-leaked", leaked && a.Ended)
	add("panic:"+a.Panic, a.Panic != "")
	return strings.Join(words, " ")
}

// Each thing that can go wrong is reported as what it is.
func TestFates(t *testing.T) {
	p := put(t, misbehaves, checksFor(fates))
	binary := compile(t, p)
	for _, f := range fates {
		t.Run(f.name, func(t *testing.T) {
			o := orders(t, 1)
			o.CheckMS, o.WorkMS = 2000, 200
			o.Skip = others(p.Checks, "Test"+f.name)
			r, result := run(t, p, binary, o)
			if len(r.Attempts) != 1 || r.Tampered {
				t.Fatalf("%d attempts, tampered %v, stop %s, output:\n%s", len(r.Attempts), r.Tampered, result.Stop, result.Output)
			}
			if got := say(r.Attempts[0]); got != f.want {
				t.Errorf("got %q, want %q; output:\n%s", got, f.want, r.Attempts[0].Output)
			}
			if want := strings.HasPrefix(f.want, "ended"); r.Complete != want {
				t.Errorf("complete %v, want %v", r.Complete, want)
			}
		})
	}
}

// Locks that are taken in both orders are reported whether they deadlock or not, in
// whatever way the goroutines were started.
func TestLockOrders(t *testing.T) {
	list := []fate{{"Orders", "Orders()", ""}, {"OrdersByName", "OrdersByName()", ""}}
	p := put(t, misbehaves, checksFor(list))
	r, result := run(t, p, compile(t, p), orders(t, 1))
	if len(r.Attempts) != len(list) {
		t.Fatalf("got %+v, want %d, output:\n%s", r.Attempts, len(list), result.Output)
	}
	for _, a := range r.Attempts {
		if len(a.Rings) != 1 || len(a.Rings[0]) != 2 {
			t.Errorf("%s: got %v, want one ring of two", a.Check, a.Rings)
			continue
		}
		for _, step := range a.Rings[0] {
			if !strings.HasPrefix(step.Holds, "answer.go:") || !strings.HasPrefix(step.Wants, "answer.go:") {
				t.Errorf("%s: step %+v, want places in answer.go", a.Check, step)
			}
		}
	}
}

// What keeps the processors busy is told before its time is up by the clock, and
// only where that is ordered.
func TestWorkIsBounded(t *testing.T) {
	p := put(t, misbehaves, checksFor([]fate{{"Spin", "Spin()", ""}}))
	binary := compile(t, p)
	for _, tt := range []struct {
		check, work int
		want        string
	}{{60_000, 200, "stuck busy"}, {500, 0, "stuck"}} {
		o := orders(t, 1)
		o.CheckMS, o.WorkMS = tt.check, tt.work
		r, result := run(t, p, binary, o)
		if len(r.Attempts) != 1 || say(r.Attempts[0]) != tt.want {
			t.Errorf("after %d ms, of the processors %d: got %d attempts, stop %s, want one: %s; output:\n%s", tt.check, tt.work, len(r.Attempts), result.Stop, tt.want, result.Output)
		}
	}
}

// A deadlock is proven where the time is up before anybody has looked.
func TestProofAtTheLimit(t *testing.T) {
	p := put(t, misbehaves, checksFor([]fate{{"Block", "Block()", ""}}))
	o := orders(t, 1)
	o.CheckMS = 90 // the first look would be after 100
	if r, result := run(t, p, compile(t, p), o); len(r.Attempts) != 1 || say(r.Attempts[0]) != "stuck proven" {
		t.Errorf("got %+v, stop %s, want it stuck, proven", r.Attempts, result.Stop)
	}
}

// What goes wrong after a check that left something is for another process to see:
// this one waits for no more, and ends.
func TestNothingFollowsWhatMayBeAnothersDoing(t *testing.T) {
	list := []fate{{"A", "LeakUnproven()", ""}, {"B", "", ""}, {"C", "LeakUnproven()", ""}, {"D", "", ""}}
	p := put(t, misbehaves, checksFor(list))
	r, result := run(t, p, compile(t, p), orders(t, 2))
	var got []string
	for _, a := range r.Attempts {
		got = append(got, a.Check+" "+say(a))
	}
	if want := []string{"TestA ended left", "TestB ended", "TestC ended left"}; r.Tampered || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q; tampered %v, output:\n%s", got, want, r.Tampered, result.Output)
	}
}

// others are all names but one.
func others(names []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == one })
}

// One check after the other: what one of them does is not put down to the next,
// and a failed one does not run again.
func TestChecksInOneProcess(t *testing.T) {
	harmless := slices.DeleteFunc(slices.Clone(fates), func(f fate) bool { return !strings.HasPrefix(f.want, "ended") })
	p := put(t, misbehaves, checksFor(harmless))
	o := orders(t, 3)
	r, result := run(t, p, compile(t, p), o)
	if !r.Complete || r.Tampered {
		t.Fatalf("complete %v, tampered %v, output:\n%s", r.Complete, r.Tampered, result.Output)
	}
	for i, f := range harmless {
		if a := r.Attempts[i]; a.Check != "Test"+f.name || a.Repetition != 0 || say(a) != f.want {
			t.Errorf("attempt %d is %s, repetition %d: %q, want Test%s: %q", i, a.Check, a.Repetition, say(a), f.name, f.want)
		}
	}
	for _, a := range r.Attempts[len(harmless):] {
		if words := say(a); a.Repetition != 1 || words != "ended" && words != "ended skipped" {
			t.Errorf("repetition %d of %s: %q, want only what is sound, once more", a.Repetition, a.Check, words)
		}
	}
}

// Orders decide how often, and what is left out.
func TestRepetitions(t *testing.T) {
	p := put(t, misbehaves, checksFor([]fate{{"A", "Nothing()", ""}, {"B", "Nothing()", ""}}))
	binary := compile(t, p)
	for name, tt := range map[string]struct {
		change func(*harness.Orders)
		want   int // attempts
	}{
		"once":             {func(o *harness.Orders) { o.Repetitions = 1 }, 2},
		"five times":       {func(o *harness.Orders) { o.Repetitions, o.Least = 5, 5 }, 10},
		"nothing to shake": {func(o *harness.Orders) { o.Repetitions = 5 }, 4},
		"no time left":     {func(o *harness.Orders) { o.Repetitions, o.BudgetMS = 5, 0 }, 2},
		"at least three":   {func(o *harness.Orders) { o.Repetitions, o.BudgetMS, o.Least = 5, 0, 3 }, 6},
		"without one":      {func(o *harness.Orders) { o.Repetitions, o.Least, o.Skip = 5, 5, []string{"TestA"} }, 5},
		"without unknown":  {func(o *harness.Orders) { o.Repetitions, o.Skip = 1, []string{"TestX"} }, 2},
	} {
		o := orders(t, 1)
		tt.change(&o)
		r, result := run(t, p, binary, o)
		if !r.Complete || len(r.Attempts) != tt.want {
			t.Errorf("%s: complete %v, %d attempts, want true, %d; output:\n%s", name, r.Complete, len(r.Attempts), tt.want, result.Output)
		}
	}
}

// Without orders nothing runs and nothing is reported.
func TestNoOrders(t *testing.T) {
	const word = "the check runs"
	p := put(t, misbehaves, checksFor([]fate{{"Speaks", "println(\"" + word + "\")", ""}}))
	binary := compile(t, p)
	r, result := run(t, p, binary, harness.Orders{})
	if r.Complete || len(r.Attempts) > 0 || strings.Contains(string(result.Output), word) {
		t.Errorf("complete %v, attempts %+v, output %q; want none", r.Complete, r.Attempts, result.Output)
	}
}

// Orders that cannot be read are no orders.
func TestNoOrdersThatCanBeRead(t *testing.T) {
	p := put(t, misbehaves, checksFor(fates[:1]))
	box, err := sandbox.Open(t.Context(), sandbox.Config{AllowNone: true})
	if err != nil {
		t.Fatalf("opening a sandbox: %v", err)
	}
	defer box.Close()
	result, err := box.Run(t.Context(), sandbox.Program{Path: compile(t, p), Stdin: []byte("run all, and be kind")})
	if err != nil {
		t.Fatalf("running: %v", err)
	}
	if !strings.Contains(string(result.Output), "driver: not readable as orders") || result.ExitCode != 2 {
		t.Errorf("exit code %d, output %q, want 2, and why", result.ExitCode, result.Output)
	}
}

// What is printed stands with its check.
func TestOutputOfEachCheck(t *testing.T) {
	r := judge(t, misbehaves, checksFor([]fate{
		{"A", `t.Log("logged in A"); println("from A")`, ""}, {"B", `t.Log("logged in B")`, ""}, {"Race", "Race()", ""},
	}))
	for i, want := range []string{"logged in A", "logged in B", "WARNING: DATA RACE"} {
		for k, a := range r.Attempts {
			if strings.Contains(a.Output, want) != (i == k) {
				t.Errorf("%q in the output of %s: %v, want %v", want, a.Check, i != k, i == k)
			}
		}
	}
	if !strings.Contains(r.Attempts[0].Output, "from A") {
		t.Errorf("no %q in %q", "from A", r.Attempts[0].Output)
	}
}
