package walls_test

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"manche/cmd/manche/walls"
)

func TestMain(m *testing.M) {
	mountIfAsked()
	goleak.VerifyTestMain(m)
}

// repository is where the sources are, from here.
const repository = "../../.."

func mutants(t *testing.T) []walls.Mutant {
	t.Helper()
	all, err := walls.Mutants(repository)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The rules are found, of every wall, and each by one name.
func TestMutants(t *testing.T) {
	count, seen := make(map[walls.Wall]int), make(map[string]bool)
	for _, m := range mutants(t) {
		count[m.Wall]++
		if m.File == "" || m.Line == 0 || m.What == "" {
			t.Errorf("%+v does not say what it is", m)
		}
		seen[m.Place()] = true
	}
	for wall, least := range map[walls.Wall]int{
		walls.Policy: 150, walls.Stage: 70, walls.Filter: 50, walls.Calls: 40, walls.Canary: 10, walls.Reports: 60,
	} {
		if count[wall] < least {
			t.Errorf("%d rules of %s, want at least %d", count[wall], wall, least)
		}
	}
	for _, want := range []string{
		"grader/sandbox/stage_linux.go:no {unix.RLIMIT_CORE, 0}", "grader/sandbox/walls_linux.go:no Setsid: true",
		"grader/sandbox/calls_linux.go:allows ptrace", "grader/policy/lists.go:allows unsafe",
	} {
		file, what, _ := strings.Cut(want, ":")
		found := false
		for place := range seen {
			found = found || strings.HasPrefix(place, file) && strings.Contains(place, what)
		}
		if !found {
			t.Errorf("no mutant of %s: %s", file, what)
		}
	}
}

// What is built together is Go, and so is what is built alone.
func TestSourcesAreGo(t *testing.T) {
	together, alone, err := walls.Sources(mutants(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(together) < 15 || len(alone) < 30 {
		t.Errorf("%d files are built together, %d mutants alone", len(together), len(alone))
	}
	for _, files := range []map[string][]byte{together, alone} {
		for name, text := range files {
			parses(t, name, text)
		}
	}
}

func parses(t *testing.T, name string, text []byte) {
	t.Helper()
	if _, err := parser.ParseFile(token.NewFileSet(), name, text, 0); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestSample(t *testing.T) {
	all := make([]walls.Mutant, 10)
	for i := range all {
		all[i].Line = i
	}
	got := walls.Sample(all, 3)
	if len(got) != 3 || got[0].Line != 1 || got[1].Line != 5 || got[2].Line != 8 {
		t.Errorf("got %v, want three, spread over the list", got)
	}
	if len(walls.Sample(all, 0)) != 10 || len(walls.Sample(all, 99)) != 10 {
		t.Error("0 and many are not all")
	}
}

func TestReport(t *testing.T) {
	red := walls.Trial{Mutant: walls.Mutant{Wall: walls.Filter, File: "f.go", Line: 3, What: "never x"}, Red: "TestA/b"}
	survivor := walls.Trial{Mutant: walls.Mutant{Wall: walls.Filter, File: "f.go", Line: 4, What: "never y"}}
	r := walls.NewReport(walls.Setting{}, []walls.Trial{red, red, survivor})
	for _, c := range r.Walls {
		if c.Wall == walls.Filter && (c.Rules != 3 || c.Red != 2 || len(c.Tests) != 1 || c.Tests[0] != "TestA") {
			t.Errorf("got %+v, want 2 of 3 seen by TestA", c)
		}
	}
	if list := r.Survivors(); r.Held() || len(list) != 1 || list[0].Place() != "f.go:4: never y" {
		t.Errorf("held %v, survivors %v", r.Held(), list)
	}
	if walls.NewReport(walls.Setting{}, nil).Held() || !walls.NewReport(walls.Setting{}, []walls.Trial{red}).Held() {
		t.Error("nothing tried is held, or all that is red is not")
	}
}
