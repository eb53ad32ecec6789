package mutation_test

import (
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"manche/grader/proof/mutation"
)

var update = flag.Bool("update", false, "write the golden file anew")

// mutants are those of testdata/pool.go.
func mutants(t *testing.T) (source string, list []mutation.Mutant) {
	t.Helper()
	src, err := os.ReadFile("testdata/pool.go")
	if err != nil {
		t.Fatal(err)
	}
	list, err = mutation.Of(map[string][]byte{"pool.go": src, "other.go": []byte("package pool\n")})
	if err != nil {
		t.Fatal(err)
	}
	return string(src), list
}

// changed lists the lines that a mutant has different.
func changed(source, mutated string) string {
	var b strings.Builder
	was, is := strings.Split(source, "\n"), strings.Split(mutated, "\n")
	for i := range is {
		if is[i] != was[i] {
			fmt.Fprintf(&b, "\t%d: %s\n", i+1, strings.TrimSpace(is[i]))
		}
	}
	return b.String()
}

func TestMutants(t *testing.T) {
	source, list := mutants(t)
	var b strings.Builder
	for _, m := range list {
		fmt.Fprintf(&b, "%s  %s\n%s", m.ID(), m.Was, changed(source, string(m.Files["pool.go"])))
	}
	const golden = "testdata/pool.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMutantsAreWholeSourcesOnTheSameLines(t *testing.T) {
	source, list := mutants(t)
	for _, m := range list {
		text := string(m.Files["pool.go"])
		if _, err := parser.ParseFile(token.NewFileSet(), "pool.go", text, 0); err != nil {
			t.Errorf("%s: %v", m.ID(), err)
		}
		if got, want := strings.Count(text, "\n"), strings.Count(source, "\n"); got != want {
			t.Errorf("%s has %d lines, want %d", m.ID(), got, want)
		}
		if text == source || string(m.Files["other.go"]) != "package pool\n" {
			t.Errorf("%s changes nothing, or another file", m.ID())
		}
	}
}

func TestBrokenSourcesHaveNoMutants(t *testing.T) {
	list, err := mutation.Of(map[string][]byte{"pool.go": []byte("package pool\nfunc {")})
	if err == nil || list != nil {
		t.Errorf("got %v, %v, want an error", list, err)
	}
}

func FuzzOf(f *testing.F) {
	src, err := os.ReadFile("testdata/pool.go")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	f.Add([]byte("package p; func f() { go func() { defer close(c) }() }"))
	f.Fuzz(func(t *testing.T, src []byte) {
		list, err := mutation.Of(map[string][]byte{"a.go": src})
		if err != nil {
			return
		}
		for _, m := range list {
			if m.Line < 1 || m.Name == "" || string(m.Files["a.go"]) == string(src) {
				t.Errorf("mutant %s of %q", m.ID(), src)
			}
		}
	})
}
