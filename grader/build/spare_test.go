package build_test

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"manche/grader/build"
)

// knownRelease has a spare linker, so that its tests do not skip unseen.
const knownRelease = "go1.26.8"

// waiting are archives with n linkers that wait, and no other.
func waiting(t *testing.T, n int) *build.Archives {
	t.Helper()
	a := spared(t)
	a.Warm(n)
	a.AwaitSpares()
	return a
}

// runs builds a program and returns what it prints.
func runs(t *testing.T, a *build.Archives, files map[string][]byte) string {
	t.Helper()
	binary, _, err := a.Build(t.Context(), t.TempDir(), files)
	if err != nil {
		t.Fatalf("building: %v", err)
	}
	cmd := exec.Command(binary)
	cmd.Env = []string{"GORACE=atexit_sleep_ms=0"}
	out, _ := cmd.CombinedOutput()
	return string(out)
}

// What a linker that waited makes is the program that the stock linker makes,
// whether what main imports was read before or not.
func TestSpareLinker(t *testing.T) {
	tests := []struct{ name, src string }{
		{"nothing imported", "package main\n\nfunc main() { println(len(\"x\")) }\n"},
		{"methods by reflection", `package main

import (
	"fmt"
	"reflect"
)

type t struct{}

func (t) Hello() string { return "hello" }

func main() { fmt.Println(reflect.ValueOf(t{}).MethodByName(string([]byte("Hello"))).Call(nil)) }
`},
		{"an error's methods", `package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

func main() {
	_, err := os.Open("/no/such")
	var path *fs.PathError
	fmt.Println(err, errors.As(err, &path), path.Timeout())
}
`},
		{"read late", `package main

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/http"
)

func main() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"path": r.URL.Path, "list": []float64{1.5}})
	}))
	defer s.Close()
	res, err := http.Get(s.URL + "/x")
	var v any
	if err == nil {
		err = json.NewDecoder(res.Body).Decode(&v)
	}
	fmt.Println(v, err)
}
`},
	}
	a := spared(t)
	a.Strict()
	stock := a.Apart(false)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a.Warm(1)
			was := a.SparePIDs()
			got, want := runs(t, a, program(tt.src)), runs(t, stock, program(tt.src))
			if got != want || want == "" {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if is := a.SparePIDs(); slices.Equal(is, was) != build.Forks {
				t.Errorf("processes %v wait after %v", is, was)
			}
		})
	}
}

// One linker serves build after build, where it can fork.
func TestSpareLinkerServesMany(t *testing.T) {
	if !build.Forks {
		if os.Getenv("MANCHE_CI") != "" {
			t.Fatal("no fork here")
		}
		t.Skip("no fork here")
	}
	a, dir := waiting(t, 1), t.TempDir()
	if err := a.Compile(t.Context(), dir, usual()); err != nil {
		t.Fatal(err)
	}
	was := a.SparePIDs()
	for range 30 {
		if err := a.Link(t.Context(), dir); err != nil {
			t.Fatal(err)
		}
	}
	if is := a.SparePIDs(); !slices.Equal(is, was) {
		t.Errorf("processes %v wait after %v", is, was)
	}
	var wg sync.WaitGroup
	for range 4 { // the others take the stock linker
		wg.Go(func() {
			if _, _, err := a.Build(t.Context(), t.TempDir(), usual()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := a.Waiting(); n != 1 {
		t.Errorf("%d wait, want 1", n)
	}
}

// The race detector is in what it makes.
func TestSpareLinkerLinksTheRaceDetector(t *testing.T) {
	a := waiting(t, 1)
	out := runs(t, a, program(`package main

func main() {
	n, done := 0, make(chan bool)
	go func() { n++; close(done) }()
	n++
	<-done
	println(n)
}
`))
	if a.Race() && !strings.Contains(out, "WARNING: DATA RACE") {
		t.Errorf("no race in %q", out)
	}
}

// A build does not fail because of a linker that waited.
func TestSpareLinkerThatDies(t *testing.T) {
	hello := program("package main\n\nfunc main() { println(\"hello\") }\n")
	a := spared(t)
	for name, harm := range map[string]func(){
		"killed":        a.KillSpares,
		"just now dead": func() { a.KillSpares(); a.AwaitEnds() },
	} {
		a.Warm(1)
		harm()
		if got := runs(t, a, hello); got != "hello\n" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// Sources at fault need no linker: the one that waits goes on waiting. After
// Close none is kept, and builds work.
func TestWarmAndClose(t *testing.T) {
	a := waiting(t, 1)
	was := a.SparePIDs()
	var fault *build.SourceError
	if _, _, err := a.Build(t.Context(), t.TempDir(), program("package main\n\nfunc main() { x }\n")); !errors.As(err, &fault) {
		t.Errorf("got %v, want a SourceError", err)
	}
	if is := a.SparePIDs(); len(is) != 1 || !slices.Equal(is, was) {
		t.Errorf("processes %v wait after %v, want the one", is, was)
	}
	if a.Warm(100); a.Waiting() != 4 {
		t.Errorf("%d wait, want no more than 4", a.Waiting())
	}
	a.Close()
	a.Warm(1)
	if n := a.Waiting(); n != 0 {
		t.Errorf("%d wait after Close", n)
	}
	if got := runs(t, a, program("package main\n\nfunc main() { println(1) }\n")); got != "1\n" {
		t.Errorf("got %q after Close", got)
	}
}

// A linker that waits ends when the process that it waits for is killed: with
// the end of its standard input.
func TestSpareLinkerEndsWithItsOwner(t *testing.T) {
	a := waiting(t, 1)
	a.AbandonSpares()
	if err := a.AwaitEnds(); err != nil {
		t.Errorf("got %v, want a quiet end", err)
	}
}
