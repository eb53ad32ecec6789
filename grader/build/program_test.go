package build_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"manche/grader/build"
)

// Neither gcc nor anything else of the machine is needed to build.
func TestBuildNeedsNothingOfThePath(t *testing.T) {
	a := archives(t)
	t.Setenv("PATH", "")
	binary, took, err := a.Build(t.Context(), t.TempDir(), map[string][]byte{
		"main.go":  []byte("package main\n\nimport \"sync\"\n\nvar mu sync.Mutex\n\nfunc main() { mu.Lock(); println(answer()) }\n"),
		"other.go": []byte("package main\n\nfunc answer() int { return 42 }\n"),
	})
	if err != nil {
		t.Fatalf("building: %v", err)
	}
	if took.Compile <= 0 || took.Link <= 0 {
		t.Errorf("got timings %+v", took)
	}
	info, err := os.Stat(binary)
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("got %v, %v, want an executable that everyone may read", info, err)
	}
	out, err := exec.Command(binary).CombinedOutput()
	if err != nil || string(out) != "42\n" {
		t.Errorf("the program said %q, %v, want 42", out, err)
	}
}

// The race detector and the leak profile are built in.
func TestProgramsSeeRacesAndLeaks(t *testing.T) {
	a := archives(t)
	if !a.Race() {
		if os.Getenv("MANCHE_CI") != "" {
			t.Fatal("no race detector on this machine")
		}
		t.Skip("no race detector on this machine")
	}
	binary, _, err := a.Build(t.Context(), t.TempDir(), program(`package main

import (
	"bytes"
	"os"
	"runtime"
	"runtime/pprof"
)

func main() {
	n, done := 0, make(chan bool)
	go func() { n++; close(done); <-make(chan int) }()
	n++
	<-done
	var seen bytes.Buffer
	for range 1000 { // until the goroutine has come to its channel
		seen.Reset()
		pprof.Lookup("goroutineleak").WriteTo(&seen, 2)
		if bytes.Contains(seen.Bytes(), []byte("(leaked)")) {
			break
		}
		runtime.Gosched()
	}
	os.Stdout.Write(seen.Bytes())
}
`))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary)
	cmd.Env = []string{"GORACE=atexit_sleep_ms=0"}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 66 || !bytes.Contains(out, []byte("WARNING: DATA RACE")) {
		t.Errorf("got %v, want the detector's exit code 66; output:\n%s", err, out)
	}
	if !bytes.Contains(out, []byte("[chan receive (leaked)")) || !bytes.Contains(out, []byte("main.go:12")) {
		t.Errorf("no leak at main.go:12 in:\n%s", out)
	}
}

func TestSourceErrors(t *testing.T) {
	tests := []struct {
		name, src string
		limit     bool
		want      string
	}{
		{"type", "package main\n\nfunc main() { var x int = \"\" }\n", false, "main.go:3:19: declared and not used: x"},
		{"syntax", "package main\n\nfunc main() {\n", false, "main.go:4:1: syntax error"},
		{"unknown package", "package main\n\nimport _ \"example.com/none\"\n\nfunc main() {}\n", false, "main.go:3:10: could not import example.com/none"},
		{"cgo", "package main\n\n// #include \"/etc/hostname\"\nimport \"C\"\n\nfunc main() {}\n", false, "could not import C"},
		{"embed", "package main\n\nimport _ \"embed\"\n\n//go:embed main.go\nvar s string\n\nfunc main() {}\n", false, "main.go:"},
		{"no body", "package main\n\nfunc f()\n\nfunc main() {}\n", false, "missing function body"},
		{"a line directive", "package main\n\n//line /etc/passwd:1\nvar x int = \"\"\n\nfunc main() {}\n", false, "/etc/passwd:1"},
		{"bomb", "package main\n\nvar X = [1 << 33]int{1<<33 - 1: 1}\n\nfunc main() {}\n", true, ""},
		{"one that quotes", "package main\n\nvar x int = `\nruntime: out of memory\nno space left on device`\n\nfunc main() {}\n", false, "main.go:3:13: cannot use"},
		{"too large for a program", "package main\n\nvar X [1 << 44]int\n\nfunc main() { println(X[0]) }\n", false, "symbol too large"},
	}
	a := archives(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			binary, _, err := a.Build(t.Context(), t.TempDir(), program(tt.src))
			var fault *build.SourceError
			if !errors.As(err, &fault) {
				t.Fatalf("got %q, %v, want a SourceError", binary, err)
			}
			if fault.Limit != tt.limit || !strings.Contains(string(fault.Output), tt.want) {
				t.Errorf("limit %v, output %q, want %v, %q", fault.Limit, fault.Output, tt.limit, tt.want)
			}
		})
	}
}

// Archives that somebody has removed are no fault of what would import them.
func TestArchivesAreGone(t *testing.T) {
	archives(t) // they are there
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob(filepath.Join(cache, "manche", "go*"))
	if err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	for _, dir := range folders {
		if err := os.Symlink(dir, filepath.Join(other, filepath.Base(dir))); err != nil {
			t.Fatal(err)
		}
	}
	a, err := build.Prepare(t.Context(), config(t, other))
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range folders {
		if err := os.Remove(filepath.Join(other, filepath.Base(dir))); err != nil {
			t.Fatal(err)
		}
	}
	var fault *build.SourceError
	_, _, err = a.Build(t.Context(), t.TempDir(), program("package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n"))
	if !errors.Is(err, os.ErrNotExist) || errors.As(err, &fault) {
		t.Errorf("got %v, want an error that is not the sources'", err)
	}
}

// What ends from outside is not blamed on the sources.
func TestOurFaults(t *testing.T) {
	a := archives(t)
	sound := program("package main\n\nfunc main() {}\n")
	var fault *build.SourceError

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.Build(cancelled, t.TempDir(), sound); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v, want %v", err, context.Canceled)
	}
	missing := filepath.Join(t.TempDir(), "missing")
	if _, _, err := a.Build(t.Context(), missing, sound); err == nil || errors.As(err, &fault) {
		t.Errorf("a missing folder: got %v, want an error that is not the sources'", err)
	}
	// The linker has nothing against sources: an object it cannot link is ours.
	if _, _, err := a.Build(t.Context(), t.TempDir(), program("package main\n\nfunc init() {}\n")); err == nil {
		t.Error("a program without main: got no error")
	}
}
