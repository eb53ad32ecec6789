package detection_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"manche/cmd/manche/detection"
	"manche/grader/proof"
)

// program is one with a test of this body.
func program(name, body string) proof.Program {
	return proof.Program{
		Name: name, Broken: map[string][]byte{"prog.go": []byte("package corpus\n\nvar count int\n\nfunc raise() { count++ }\n")},
		Tests: map[string][]byte{"prog_test.go": []byte("package corpus\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nvar _ = os.Getenv\n\nfunc TestIt(t *testing.T) {\n" + body + "\n}\n")},
	}
}

func TestPlain(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("GORACE", "report_bugs=0") // which is not what go test has
	programs := map[string]bool{"passes": false, "fails": true, "races": true, "exits": true}
	list := []proof.Program{
		program("passes", "raise()"), program("fails", "t.Fail()"), program("exits", "os.Exit(0)"),
		program("races", "done := make(chan bool)\ngo func() { raise(); done <- true }()\nraise()\n<-done"),
	}
	plain, err := detection.BuildPlain(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		got, err := plain.Try(t.Context(), proof.Try{Program: p, Series: proof.Plain})
		if err != nil || got.Caught != programs[p.Name] || got.Program != p.Name || got.Series != proof.Plain {
			t.Errorf("%s: got %+v, %v, want caught: %t", p.Name, got, err, programs[p.Name])
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := plain.Try(ended, proof.Try{Program: list[0]}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	if _, err := plain.Try(t.Context(), proof.Try{Program: program("unknown", "")}); err == nil {
		t.Error("a program that was not built has a result")
	}
	if err := plain.Close(); err != nil {
		t.Error(err)
	}
	empty(t, os.Getenv("TMPDIR"))
}

// What does not build is an error of ours, with the compiler's words, and leaves
// nothing behind.
func TestBuildPlainFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	if _, err := detection.BuildPlain(t.Context(), []proof.Program{program("broken", "undefined()")}); err == nil || !strings.Contains(err.Error(), "undefined: undefined") {
		t.Errorf("building: %v", err)
	}
	empty(t, os.Getenv("TMPDIR"))
}

func empty(t *testing.T, dir string) {
	t.Helper()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left in the folder: %v, %v", entries, err)
	}
}
