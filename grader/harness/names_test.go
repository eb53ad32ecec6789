package harness_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"manche/grader/harness"
)

const simple = "package answer\n\nfunc Answer() int { return 42 }\n"

// A check whose own names stand in every place where a name can, and where only
// some of them are the package's.
const entangled = `package answer

import (
	"fmt"
	_ "maps"
	. "slices"
	"sync"
	"testing"
	random "math/rand/v2"
	"time"
)

const limit = 3

var state = map[string]int{name: limit}

const name = "name"

type helper struct {
	limit, want int
	*inner
	sync.Mutex
}

type inner struct{ state int }

type generic[helper any] struct{ inner helper }

type both interface {
	shape
	fmt.Stringer
}

type shape interface{ limit() int }

func (i inner) wants() int      { return i.state }
func (h *helper) helper() int   { return h.inner.state + h.limit + limit }
func (h helper) String() string { return fmt.Sprint(h.want) }

func want(limit int) int {
	helper := limit
	return helper
}

func init() { state["init"] = 1 }

func TestMain(m *testing.M) { panic("never called: " + fmt.Sprint(m)) }

func TestNames(t *testing.T) {
	h := &helper{limit: 1, want: want(2), inner: &inner{state: 4}}
	if h.helper() != 8 || h.inner.wants() != 4 || h.wants() != 4 || state["init"] != 1 || state["name"] != limit {
		t.Errorf("helper %d, wants %d, state %v", h.helper(), h.wants(), state)
	}
	h.Lock()
	h.Mutex.Unlock()
	var g generic[helper]
	g.inner.limit = limit
	_ = generic[int]{inner: 3}
	type helper struct{ state int }
	local := helper{state: limit}
limit:
	for state := range limit {
		switch want := any(local).(type) {
		case helper:
			if want.state == state {
				break limit
			}
			continue limit
		}
	}
	func(testing, time int) { local.state = testing + time }(1, 2)
	if fmt := local.state; fmt != 3 {
		t.Error(fmt)
	}
	if n := Answer(); n != 42 || !Contains([]int{42}, n) || random.IntN(1) != 0 || time.Duration(0) != 0 {
		t.Errorf("Answer() = %d", n)
	}
	var s fmt.Stringer = h
	if _, ok := s.(both); ok || s.String() != "2" {
		t.Errorf("%T %v", s, s)
	}
	f := want
	_ = []func(int) int{f, want}
}
`

func TestEntangledNamesCompileAndPass(t *testing.T) {
	if got := failed(judge(t, simple, entangled)); len(got) > 0 {
		t.Errorf("failed: %q", got)
	}
}

// Whatever the learner calls things, honest code meets nothing of the checks.
func TestLearnersNamesDoNotCollide(t *testing.T) {
	answer := `package answer

import f "fmt"

const (
	limit   = "mine"
	testing = "mine too"
	driver  = 1
)

var (
	state, name, want, random, time, sync, fmt, slices, maps = 1, 2, 3, 4, 5, 6, 7, 8, 9
)

type (
	helper  struct{ main }
	inner   int
	generic string
	both    bool
	main    struct{ main int }
	shape   interface{ main() int }
)

func (m main) get() int { return m.main }

func Testable() string { return f.Sprint(limit, testing, driver, state, name, want, random, time, sync, fmt, slices, maps) }

func Answer() int {
	h := &helper{main: main{main: 40}}
	h.main.main++
	p := &struct{ *main }{&h.main}
	p.main.main++
	c := make(chan main, 1)
	c <- main{42}
	main := <-c
	return min(main.get(), p.get(), h.get())
}
`
	p := putWith(t, simple, answer, entangled)
	r, result := run(t, p, compile(t, p), orders(t, 2))
	if !r.Complete || len(failed(r)) > 0 {
		t.Errorf("complete %v, failed %q, output:\n%s", r.Complete, failed(r), result.Output)
	}
}

// Every form of a learner's main is moved out of the way.
func TestLearnersMain(t *testing.T) {
	for _, decl := range []string{
		"func main() {}", "var main = 1", "const main = 1", "type main int", "func main() { main() }\n\nvar _ = main",
		"func main[T any](T) {}\n\nfunc f() { main(1); main[string](\"\") }",
	} {
		p := put(t, simple+"\n"+decl+"\n", "package answer\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) {}\n")
		compile(t, p)
	}
}

// Neither side can name what is the other's: the suffix is drawn anew each time.
func TestSuffixIsUnguessable(t *testing.T) {
	const check = "package answer\n\nimport \"testing\"\n\nfunc secret() {}\n\nfunc TestIt(t *testing.T) { secret() }\n"
	suffix := regexp.MustCompile(`func secret(_[a-z2-7]{26})\(\)`)
	seen := make(map[string]bool)
	for range 3 {
		p := put(t, simple, check)
		m := suffix.FindSubmatch(p.Files[checksFile])
		if m == nil {
			t.Fatalf("no suffix of 26 letters in\n%s", p.Files[checksFile])
		}
		seen[string(m[1])] = true
		if got := p.Plain("secret" + string(m[1]) + " in answer.secret" + string(m[1])); got != "secret in answer.secret" {
			t.Errorf("Plain = %q, want no suffix", got)
		}
	}
	if len(seen) != 3 {
		t.Errorf("three programs have %d suffixes", len(seen))
	}
}

// Lines stay where they are, in the checks and in the answer.
func TestLinesStay(t *testing.T) {
	answer := "// a comment\n\n/* before */ package /* inside */ answer /* after */\n\nfunc Answer() int {\n\tc := make(chan int, 1)\n\tc <- 42\n\tgo func() {}()\n\treturn <-c\n}\n\nfunc main() {}\n"
	p := put(t, answer, entangled)
	for name, src := range map[string]string{answerFile: answer, checksFile: entangled} {
		if got, want := bytes.Count(p.Files[name], []byte("\n")), strings.Count(src, "\n"); got != want {
			t.Errorf("%s has %d lines, want %d", name, got, want)
		}
	}
	lines := strings.Split(string(p.Files[answerFile]), "\n")
	for i, want := range map[int]string{2: "package", 6: "c <- 42", 7: "go func()", 8: "return <-c", 11: "func main_"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %q, want %q in it", i+1, lines[i], want)
		}
	}
	compile(t, p)
}

// A panic is reported on the learner's own line, whatever was inserted before.
func TestPanicStandsOnItsLine(t *testing.T) {
	answer := "package answer\n\nfunc Answer() int {\n\tc := make(chan int)\n\tgo func() {}(); close(c)\n\tclose(c)\n\treturn 42\n}\n"
	r := judge(t, answer, "package answer\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) { Answer() }\n")
	a := r.Attempts[0]
	if a.Panic != "close of closed channel" || !strings.Contains(a.Stack, "answer.go:6") || strings.Contains(a.Stack, "TestIt_") {
		t.Errorf("panic %q, stack:\n%s", a.Panic, a.Stack)
	}
}

func TestPrepareReportsDefects(t *testing.T) {
	for name, checks := range map[string]string{
		"syntax": "package answer\n\nfunc {\n", "type": "package answer\n\nvar x int = \"\"\n",
		"unknown import": "package answer\n\nimport _ \"example.com/none\"\n", "twice": "package answer\n\nfunc Answer() {}\n",
	} {
		c, err := harness.Prepare("answer", nil, map[string][]byte{answerFile: []byte(simple)}, map[string][]byte{checksFile: []byte(checks)}, newImporter(t))
		if err == nil || c != nil {
			t.Errorf("%s: got %v, %v, want an error", name, c, err)
		}
	}
}

// The driver's sources are whole, and none of its tests is among them.
func TestDriverSources(t *testing.T) {
	packages, err := harness.DriverSources()
	if err != nil {
		t.Fatal(err)
	}
	if len(packages[harness.DriverPath]) == 0 || len(packages) != 2 {
		t.Fatalf("got %d packages", len(packages))
	}
	for path, files := range packages {
		for name := range files {
			if ext := filepath.Ext(name); strings.HasSuffix(name, "_test.go") || ext != ".go" && ext != ".s" {
				t.Errorf("%s has the file %s", path, name)
			}
		}
	}
	if !slices.Contains(prepared(t).Packages(), harness.DriverPath) {
		t.Error("the driver is not among the archives")
	}
}
