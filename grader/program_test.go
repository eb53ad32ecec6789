package grader_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"manche/grader"
	"manche/grader/sandbox"
)

// programs are what is run, what is found — its outcome, then kind:file:line of each
// error — and what its first run begins with.
var programs = []struct {
	name, src string
	want      []string
	output    string
}{
	{"prints", "import \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"one\")\n\tfmt.Print(\"two\")\n}\n", []string{"passed"}, "one\ntwo"},
	{"prints nothing", "func main() {}\n", []string{"passed"}, ""},
	{"calls itself", "import \"fmt\"\n\nvar n int\n\nfunc main() {\n\tif n++; n < 3 {\n\t\tmain()\n\t}\n\tfmt.Print(n)\n}\n", []string{"passed"}, "333"},
	{"races", "import \"sync\"\n\nfunc main() {\n\tn := 0\n\tvar wg sync.WaitGroup\n\tfor range 2 {\n\t\twg.Go(func() { n++ })\n\t}\n\twg.Wait()\n\tprintln(n)\n}\n",
		[]string{"failed", "race:main.go:9"}, ""},
	{"leaks", "import \"fmt\"\n\nfunc main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n\tfmt.Println(\"gone\")\n}\n",
		[]string{"failed", "leak:main.go:7"}, "gone"},
	{"deadlocks", "import \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"waiting\")\n\t<-make(chan int)\n}\n",
		[]string{"failed", "deadlock:main.go:7"}, "waiting\n"},
	{"panics", "import \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"so far\")\n\tvar m map[string]int\n\tm[\"a\"] = 1\n}\n",
		[]string{"failed", "panic:main.go:8"}, "so far\npanic: assignment to entry in nil map"},
	{"panics elsewhere", "func main() {\n\tgo func() { panic(\"here\") }()\n\tselect {}\n}\n", []string{"failed", "panic:main.go:4"}, "panic: here"},
	{"never ends", "import \"time\"\n\nfunc main() {\n\tfor range time.Tick(time.Millisecond) {\n\t}\n}\n", []string{"failed", "timeout:main.go:6"}, ""},
	{"waits, and is woken at the last moment", "import (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() {\n\tfor <-time.After(4990 * time.Millisecond); ; {\n\t\tfmt.Sprint(1)\n\t}\n}\n",
		[]string{"failed", "timeout:main.go:9"}, ""},
	{"takes all memory", "func main() {\n\tprint(\"\\tgrowing\")\n\tvar all [][]byte\n\tfor {\n\t\tb := make([]byte, 16<<20)\n\t\tfor i := 0; i < len(b); i += 1 << 10 {\n\t\t\tb[i] = 1\n\t\t}\n\t\tall = append(all, b)\n\t}\n}\n",
		[]string{"failed", "resource::0"}, "\tgrowing"},
	{"prints without end", "import \"fmt\"\n\nfunc main() {\n\tfor {\n\t\tfmt.Println(\"again and again\")\n\t}\n}\n", []string{"failed", "resource::0"}, "again and again\nagain"},
	{"does not compile", "func main() { undefined() }\n", []string{"refused", "build:main.go:3"}, ""},
	{"does not parse", "func main() {\n", []string{"refused", "build:main.go:3"}, ""},
	{"has no beginning", "func mine() {}\n", []string{"refused", "build::0"}, ""},
	{"wants files", "import \"os\"\n\nfunc main() { os.Exit(0) }\n", []string{"refused", "policy:main.go:3"}, ""},
	{"wants memory of others", "import \"unsafe\"\n\nvar _ unsafe.Pointer\n\nfunc main() {}\n", []string{"refused", "policy:main.go:3"}, ""},
}

func TestRun(t *testing.T) {
	b := theBench(t)
	for _, tt := range programs {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var told strings.Builder
			ran, err := b.Follow(t.Context(), mainGo(tt.src), func(p grader.Progress) { told.WriteString(p.Output) })
			if err != nil {
				t.Fatal(err)
			}
			if got := whatWasFound(ran.Verdict); !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
			switch {
			case tt.want[0] == "refused":
				if len(ran.Outputs) > 0 {
					t.Errorf("what never ran has printed %q", ran.Outputs)
				}
			case len(ran.Outputs) == 0 || !strings.HasPrefix(ran.Outputs[0], tt.output):
				t.Errorf("the program printed %q, want %q", ran.Outputs, tt.output)
			case tt.want[0] == "passed":
				if len(ran.Outputs) < 3 || slices.ContainsFunc(ran.Outputs, func(o string) bool { return o != tt.output }) {
					t.Errorf("its runs printed %q, want %q in at least three", ran.Outputs, tt.output)
				}
			}
			if err := ran.Verdict.Speak(b.messages); err != nil {
				t.Error(err)
			}
			for _, f := range ran.Verdict.Findings {
				if text := f.Text["en"]; strings.Contains(text, "exercise") || strings.Contains(text, "check") {
					t.Errorf("a program has neither exercise nor checks: %s", text)
				}
			}
			if len(ran.Outputs) > 0 && told.String() != ran.Outputs[0] {
				t.Errorf("told was %q, printed %q", told.String(), ran.Outputs[0])
			}
			if want := ends[tt.name]; want != (grader.End{}) {
				ran.End.Took = 0
				if ran.End != want {
					t.Errorf("it ended as %+v, want %+v", ran.End, want)
				}
			}
		})
	}
}

// ends are how some of the programs end.
var ends = map[string]grader.End{
	"prints":             {Stop: grader.Returned},
	"leaks":              {Stop: grader.Returned},
	"deadlocks":          {Stop: grader.Stuck},
	"never ends":         {Stop: grader.Stuck},
	"panics":             {Stop: sandbox.Exited, ExitCode: 2},
	"takes all memory":   {Stop: sandbox.MemoryLimit},
	"prints without end": {Stop: sandbox.OutputLimit, OutputCut: true},
}

// mainGo is a program of one file, without its package clause.
func mainGo(src string) grader.Program {
	return grader.Program{Files: map[string][]byte{"main.go": []byte("package main\n\n" + src)}, Seed: 1}
}

// What a program prints is told while it runs: whoever has heard it can end it.
func TestFollowTellsBeforeTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	src := "import (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() {\n\tfmt.Print(\"begun\")\n\tfor range time.Tick(time.Millisecond) {\n\t}\n}\n"
	var told string
	var stages []grader.Stage
	_, err := theBench(t).Follow(ctx, mainGo(src), func(p grader.Progress) {
		if p.Finding == nil && p.Output == "" {
			stages = append(stages, p.Stage)
		}
		if told += p.Output; told == "begun" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v: its output came when it had ended", err, context.Canceled)
	}
	if want := []grader.Stage{grader.StageChecking, grader.StageBuilding, grader.StageRunning}; !slices.Equal(stages, want) {
		t.Errorf("the stages are %q, want %q", stages, want)
	}
}

// Findings are told before the repetitions, and once more in the verdict.
func TestFollowTellsFindings(t *testing.T) {
	var told []string
	src := "func main() {\n\tc := make(chan int)\n\tgo func() { c <- 1 }()\n}\n"
	_, err := theBench(t).Follow(t.Context(), mainGo(src), func(p grader.Progress) {
		if f := p.Finding; f != nil && f.Severity == grader.SeverityError {
			told = append(told, string(f.Kind))
		}
	})
	if want := []string{"leak"}; err != nil || !slices.Equal(told, want) {
		t.Errorf("told was %q, %v; want %q", told, err, want)
	}
}

// whatWasFound is the outcome, and the errors by kind and place.
func whatWasFound(v *grader.Verdict) []string {
	got := []string{string(v.Outcome)}
	for _, f := range v.Findings {
		if f.Severity == grader.SeverityError {
			got = append(got, fmt.Sprintf("%s:%s:%d", f.Kind, f.File, f.Line))
		}
	}
	return got
}

func TestRunOfFiles(t *testing.T) {
	b := theBench(t)
	files := func(name string) map[string][]byte {
		return map[string][]byte{
			"main.go": []byte("package main\n\nfunc main() { print(answer) }\n"),
			name:      []byte("package main\n\nconst answer = 42\n"),
		}
	}
	for name, want := range map[string]grader.Outcome{
		"answer.go": grader.Passed, "zz_main.go": grader.Refused, "../a.go": grader.Refused, "a_test.go": grader.Refused, "a.s": grader.Refused,
	} {
		ran, err := b.Run(t.Context(), grader.Program{Files: files(name)})
		if err != nil {
			t.Fatal(err)
		}
		if ran.Verdict.Outcome != want {
			t.Errorf("with %s: %s, want %s", name, ran.Verdict.Outcome, want)
		}
	}
	if ran, err := b.Run(t.Context(), grader.Program{}); err != nil || ran.Verdict.Outcome != grader.Refused {
		t.Errorf("no files: %+v, %v", ran, err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	b := theBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Run(ctx, grader.Program{Files: map[string][]byte{"main.go": []byte("package main\n\nfunc main() {}\n")}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
