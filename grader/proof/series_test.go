package proof_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"manche/grader"
	"manche/grader/proof"
)

// known is a program of the corpus whose files hold its name.
func known(name string) proof.Program {
	file := func(file, text string) map[string][]byte { return map[string][]byte{file: []byte(text)} }
	return proof.Program{
		Name: name, Broken: file("prog.go", name+" broken"), Sound: file("prog.go", name+" sound"), Tests: file("prog_test.go", name),
		Kind: "leak", Or: []string{"deadlock"}, Lines: []int{7, 9}, TestLines: []int{5},
	}
}

// names prints tries.
func names(tries []proof.Try) string {
	var list []string
	for _, t := range tries {
		list = append(list, t.Program.Name+" "+string(t.Series))
	}
	return strings.Join(list, ", ")
}

func TestInterleave(t *testing.T) {
	programs := []proof.Program{known("a"), known("b")}
	want := func(broken, sound, plain int) map[proof.Series]int {
		return map[proof.Series]int{proof.Broken: broken, proof.Sound: sound, proof.Plain: plain}
	}
	had := func(program string, series ...proof.Series) (list []proof.Trial) {
		for _, s := range series {
			list = append(list, proof.Trial{Program: program, Series: s})
		}
		return list
	}
	tests := []struct {
		name string
		want map[proof.Series]int
		had  []proof.Trial
		left string
	}{
		{"in rounds", want(2, 2, 0), nil, "a broken, a sound, b broken, b sound, a broken, a sound, b broken, b sound"},
		{"a shorter series is spread", want(4, 2, 0), nil, "a broken, b broken, a broken, a sound, b broken, b sound, a broken, b broken, a broken, a sound, b broken, b sound"},
		{"one series", want(0, 0, 2), nil, "a plain, b plain, a plain, b plain"},
		{"nothing", want(0, 0, 0), nil, ""},
		{"one series by its map", map[proof.Series]int{proof.Sound: 1}, nil, "a sound, b sound"},
		{"what was made is left out", want(2, 1, 0), slices.Concat(had("a", proof.Broken), had("b", proof.Sound)), "b broken, a broken, a sound, b broken"},
		{"more of one program was made", want(3, 0, 0), had("a", proof.Broken, proof.Broken), "b broken, b broken, a broken, b broken"},
		{"all was made", want(1, 1, 0), slices.Concat(had("a", proof.Sound, proof.Broken), had("b", proof.Broken, proof.Sound)), ""},
		{"more was made than is wanted", want(1, 0, 0), had("a", proof.Broken, proof.Broken, proof.Sound), "b broken"},
		{"of a program that is gone", want(1, 0, 0), had("c", proof.Broken), "a broken, b broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := names(proof.Interleave(programs, tt.want, tt.had)); got != tt.left {
				t.Errorf("got  %s\nwant %s", got, tt.left)
			}
		})
	}
	if got := proof.Interleave([]proof.Program{known("a")}, want(50, 31, 0), nil); len(got) != 81 {
		t.Errorf("%d tries of 50 and 31, want 81", len(got))
	}
}

// jury gives each submission the verdicts that stand under the text of prog.go,
// one after the other, and notes the order of what it was asked.
type jury struct {
	mu       sync.Mutex
	verdicts map[string][]*grader.Verdict
	asked    []string
	fail     error // after so many
	after    int
}

func (j *jury) Judge(ctx context.Context, sub grader.Submission) (*grader.Verdict, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name := string(sub.Files["prog.go"])
	if program, _, _ := strings.Cut(name, " "); string(sub.Tests["prog_test.go"]) != program {
		return nil, fmt.Errorf("%s comes with the tests of %s", name, sub.Tests["prog_test.go"])
	}
	if j.fail != nil && len(j.asked) == j.after {
		return nil, j.fail
	}
	j.asked = append(j.asked, name)
	list := j.verdicts[name]
	v := *list[0]
	j.verdicts[name] = append(list[1:], list[0])
	v.Runs = grader.Runs{Count: 3, Seed: uint64(len(j.asked))}
	return &v, nil
}

func at(kind grader.Kind, file string, line int, others ...grader.Goroutine) grader.Finding {
	return grader.Finding{
		Kind: kind, Severity: grader.SeverityError, Key: string(kind) + ".x", Place: grader.Place{File: file, Line: line}, Goroutines: others,
	}
}

func newJury() *jury {
	found := verdict(grader.Failed, at(grader.KindLeak, "prog.go", 7))
	return &jury{verdicts: map[string][]*grader.Verdict{
		"a broken": {found, verdict(grader.Passed)}, "a sound": {verdict(grader.Passed)},
		"b broken": {found}, "b sound": {verdict(grader.Passed), verdict(grader.Unproven)},
	}}
}

func TestDetect(t *testing.T) {
	programs := []proof.Program{known("a"), known("b")}
	tries := proof.Interleave(programs, map[proof.Series]int{proof.Broken: 2, proof.Sound: 2}, nil)
	for _, workers := range []int{1, 3} {
		j, trials := newJury(), []proof.Trial(nil)
		err := proof.Detect(t.Context(), j, tries, workers, func(trial proof.Trial) error {
			trials = append(trials, trial)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"a broken", "a sound", "b broken", "b sound"}; workers == 1 && !slices.Equal(j.asked, slices.Concat(want, want)) {
			t.Errorf("asked in the order %q", j.asked)
		}
		list := proof.Sum(programs, trials)
		want := []proof.Count{
			{Name: "a", Programs: 1, Verdicts: 2, Caught: 1, Placed: 1, Sounds: 2},
			{Name: "b", Programs: 1, Verdicts: 2, Caught: 2, Placed: 2, Sounds: 2, Alarms: 1},
		}
		for i, d := range list {
			if d.Count != want[i] {
				t.Errorf("%d workers: got %+v, want %+v", workers, d.Count, want[i])
			}
		}
		if len(list[0].Missed) != 1 || len(list[1].Missed) != 1 || !strings.Contains(list[1].Missed[0], "unproven") {
			t.Errorf("%d workers: missed %q and %q", workers, list[0].Missed, list[1].Missed)
		}
		if workers == 1 && (trials[0].Seed != 1 || trials[0].Runs != 3 || !slices.Equal(trials[0].Said, []string{"leak.x(prog.go:7)"})) {
			t.Errorf("the first trial is %+v", trials[0])
		}
	}
}

// What goes wrong on our side ends the series after what was done, and so does
// the end of the context.
func TestDetectEnds(t *testing.T) {
	tries := proof.Interleave([]proof.Program{known("a"), known("b")}, map[proof.Series]int{proof.Broken: 3}, nil)
	full := errors.New("the disk is full")
	j := newJury()
	j.fail, j.after = full, 2
	done := 0
	count := func(proof.Trial) error { done++; return nil }
	if err := proof.Detect(t.Context(), j, tries, 1, count); !errors.Is(err, full) || done != 2 {
		t.Errorf("got %v after %d trials, want %v after 2", err, done, full)
	}
	if err := proof.Detect(t.Context(), newJury(), tries, 1, func(proof.Trial) error { return full }); !errors.Is(err, full) {
		t.Errorf("done fails: got %v, want %v", err, full)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done = 0
	err := proof.Detect(ctx, newJury(), tries, 1, func(proof.Trial) error {
		if done++; done == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || done != 3 {
		t.Errorf("got %v after %d trials, want %v after 3", err, done, context.Canceled)
	}
}

func TestCaughtAndPlaced(t *testing.T) {
	here, there := grader.Place{File: "prog.go", Line: 9}, grader.Place{File: "prog.go", Line: 8}
	failed := func(f ...grader.Finding) *grader.Verdict { return verdict(grader.Failed, f...) }
	tests := []struct {
		name           string
		v              *grader.Verdict
		caught, placed bool
	}{
		{"at a right line", failed(at(grader.KindLeak, "prog.go", 7)), true, true},
		{"by another kind that is as right", failed(at(grader.KindDeadlock, "prog.go", 9)), true, true},
		{"at another line", failed(at(grader.KindLeak, "prog.go", 8)), true, false},
		{"at that line of the test", failed(at(grader.KindLeak, "prog_test.go", 7)), true, false},
		{"at a right line of the test", failed(at(grader.KindLeak, "prog_test.go", 5)), true, true},
		{"at that line of the program", failed(at(grader.KindLeak, "prog.go", 5)), true, false},
		{"where a goroutine waits", failed(at(grader.KindLeak, "prog.go", 8, grader.Goroutine{At: there}, grader.Goroutine{At: here})), true, true},
		{"where a goroutine was started", failed(at(grader.KindLeak, "prog.go", 8, grader.Goroutine{At: there, Created: here})), true, true},
		{"where no goroutine is", failed(at(grader.KindLeak, "prog.go", 8, grader.Goroutine{At: there, Created: there})), true, false},
		{"the right line of a wrong kind", failed(at(grader.KindRace, "prog.go", 7)), false, false},
		{"the right line of a wrong kind, beside the right kind", failed(at(grader.KindRace, "prog.go", 7), at(grader.KindLeak, "prog.go", 8)), true, false},
		{"a warning", failed(warned(at(grader.KindLeak, "prog.go", 7))), false, false},
		{"without failing", verdict(grader.Unproven, at(grader.KindLeak, "prog.go", 7)), false, false},
		{"nothing", failed(), false, false},
	}
	for _, tt := range tests {
		j := &jury{verdicts: map[string][]*grader.Verdict{"a broken": {tt.v}}}
		err := proof.Detect(t.Context(), j, []proof.Try{{Program: known("a"), Series: proof.Broken}}, 1, func(trial proof.Trial) error {
			if trial.Caught != tt.caught || trial.Placed != tt.placed {
				t.Errorf("%s: caught %t, placed %t, want %t, %t", tt.name, trial.Caught, trial.Placed, tt.caught, tt.placed)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
