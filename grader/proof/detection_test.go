package proof_test

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"manche/grader/proof"
)

// trials are n of a series, the first hits of which caught the bug.
func trials(program string, series proof.Series, n, hits int) []proof.Trial {
	list := make([]proof.Trial, n)
	for i := range list {
		list[i] = proof.Trial{Program: program, Series: series, Caught: i < hits, Placed: series == proof.Broken && i < hits}
	}
	return list
}

func TestBars(t *testing.T) {
	var programs []proof.Program
	for i := range 10 {
		programs = append(programs, known(strconv.Itoa(i)))
	}
	// so many of 50 for each program, and for the first one
	series := func(caught, alarms, plain, first int) (list []proof.Trial) {
		for i, p := range programs {
			n := caught
			if i == 0 {
				n = first
			}
			list = slices.Concat(list, trials(p.Name, proof.Broken, 50, n), trials(p.Name, proof.Sound, 50, alarms), trials(p.Name, proof.Plain, 50, plain))
		}
		return list
	}
	misplaced := series(50, 0, 25, 50)
	for i := range misplaced {
		misplaced[i].Placed = misplaced[i].Placed && i%10 > 0
	}
	tests := []struct {
		name   string
		trials []proof.Trial
		missed []string
	}{
		{"all is well", series(50, 0, 0, 50), nil},
		{"at the limits", series(49, 0, 25, 49), nil},
		{"one program at its limit", series(50, 0, 25, 45), nil},
		{"one program below it", series(50, 0, 25, 44), []string{"weakest"}},
		{"the mean is too low", series(48, 0, 25, 48), []string{"mean"}},
		{"one false alarm in each", series(50, 1, 25, 50), []string{"alarms"}},
		{"plain runs see too much", series(50, 0, 26, 50), []string{"hidden"}},
		{"wrong lines", misplaced, []string{"placed"}},
		{"nothing was tried", nil, []string{"mean", "weakest", "placed", "alarms", "hidden"}},
		{"no sound program was tried", slices.DeleteFunc(series(50, 0, 0, 50), func(t proof.Trial) bool { return t.Series == proof.Sound }), []string{"alarms"}},
		{"one program has no plain run", slices.DeleteFunc(series(50, 0, 0, 50), func(t proof.Trial) bool { return t.Program == "3" && t.Series == proof.Plain }), []string{"hidden"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bars := proof.Bars(proof.Sum(programs, tt.trials))
			var missed []string
			for _, b := range bars {
				if !b.Met {
					missed = append(missed, b.Name)
				}
			}
			if !slices.Equal(missed, tt.missed) {
				t.Errorf("missed %q, want %q; bars: %+v", missed, tt.missed, bars)
			}
		})
	}
}

func TestSumsByFamily(t *testing.T) {
	var programs []proof.Program
	for _, name := range []string{"channel-and-lock-hub", "channel-audit", "channel-misuse-close", "channel-and-lock-pool", "strange-bug"} {
		programs = append(programs, known(name))
	}
	list := proof.Sum(programs, slices.Concat(
		trials("channel-and-lock-hub", proof.Broken, 4, 3), trials("channel-and-lock-pool", proof.Broken, 4, 4),
		trials("channel-and-lock-pool", proof.Plain, 4, 1), trials("channel-audit", proof.Sound, 3, 1),
		trials("channel-misuse-close", proof.Broken, 4, 1), trials("unknown", proof.Broken, 4, 4),
	))
	want := []proof.Count{
		{Name: "channel-and-lock", Programs: 2, Verdicts: 8, Caught: 7, Placed: 7, Plains: 4, Escapes: 3},
		{Name: "channel", Programs: 1, Sounds: 3, Alarms: 1},
		{Name: "channel-misuse", Programs: 1, Verdicts: 4, Caught: 1, Placed: 1},
		{Name: "strange", Programs: 1},
	}
	if got := proof.ByFamily(list); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got, want := proof.Total(list), (proof.Count{Programs: 5, Verdicts: 12, Caught: 8, Placed: 8, Sounds: 3, Alarms: 1, Plains: 4, Escapes: 3}); got != want {
		t.Errorf("the total is %+v, want %+v", got, want)
	}
	var weak []string
	for _, d := range proof.Weakest(list, 2) {
		weak = append(weak, d.Name)
	}
	if want := []string{"channel-audit", "channel-misuse-close"}; !slices.Equal(weak, want) {
		t.Errorf("the weakest are %q, want %q", weak, want)
	}
	if got := proof.Weakest(list, 9); len(got) != 3 {
		t.Errorf("%d programs are weak, want 3", len(got))
	}
}

// The corpus is as its declarations say: lines that are there, and something to
// point at in each program.
func TestCorpus(t *testing.T) {
	programs, err := proof.LoadCorpus(os.DirFS("../testdata/corpus"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		hold := func(file string, src []byte, lines []int) {
			text := strings.Split(string(src), "\n")
			for _, line := range lines {
				if line < 1 || line > len(text) || strings.TrimSpace(text[line-1]) == "" {
					t.Errorf("%s: line %d of %s holds nothing", p.Name, line, file)
				}
			}
		}
		hold("prog.go", p.Broken["prog.go"], p.Lines)
		hold("prog_test.go", p.Tests["prog_test.go"], p.TestLines)
		if len(p.Lines) == 0 || len(p.Lines) > 4 || p.Kind == "" || p.About == "" {
			t.Errorf("%s: kind %q, lines %v, about %q", p.Name, p.Kind, p.Lines, p.About)
		}
	}
	again := slices.Clone(programs)
	if proof.CorpusRevision(again) != proof.CorpusRevision(programs) {
		t.Error("the same corpus has two revisions")
	}
	again[3].Broken = maps.Clone(again[3].Broken)
	again[3].Broken["prog.go"] = append(slices.Clone(again[3].Broken["prog.go"]), '\n')
	if proof.CorpusRevision(again) == proof.CorpusRevision(programs) {
		t.Error("another corpus has the same revision")
	}
}
