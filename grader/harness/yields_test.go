package harness_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"manche/exercises"
	"manche/grader/harness"
	"manche/grader/policy"
)

var (
	yieldCall = regexp.MustCompile(`driver_[a-z2-7]{26}\.Yield\(\);`)
	aliveCall = regexp.MustCompile(`driver_[a-z2-7]{26}\.Alive\(\);`)
	otherCall = regexp.MustCompile(`driver_[a-z2-7]{26}\.`)
)

// insertions shows what was put in: § for a yield, ¶ for the beginning of a
// goroutine, and the lock calls under the name D.
func insertions(src string) string {
	src = aliveCall.ReplaceAllString(yieldCall.ReplaceAllString(src, "§"), "¶")
	return otherCall.ReplaceAllString(src, "D.")
}

// Statements, each with what is put in.
var places = []string{
	"§c <- 1",
	"§<-c",
	"§v := <-c; _ = v",
	"§n, ok := <-c; _, _ = n, ok",
	"§var v = <-c; _ = v",
	"n++",
	"f(1)",
	"§f(<-c)",
	"§go f(1);§",
	"§go f(1);§; n++",
	"§go func() {¶§ n++ }();§",
	"§go func() {¶§§<-c }();§",
	"§go (func() {¶§ n++ })();§",
	"§defer f(<-c)",
	"§defer wg.Wait()",
	"if n > 0 { §defer f(<-c) }",
	"§D.Acquire(&mu, true, \"answer.go:35\");mu.Lock()",
	"§D.Release(&mu);mu.Unlock()",
	"§defer mu.Unlock();defer D.Release(&mu)",
	"§D.Acquire(&rw, false, \"answer.go:35\");rw.RLock()",
	"§D.Acquire(&(b.inner).Mutex, true, \"answer.go:35\");(b.inner).Lock()",
	"§D.Acquire(&b.inner.Mutex, true, \"answer.go:35\");b.Lock()",
	"§D.Acquire(&locks[n], true, \"answer.go:35\");locks[n].Lock()",
	"§locks[f2()].Lock()",
	"§(mu.Lock)()",
	"§if mu.TryLock() { §D.Release(&mu);mu.Unlock() }",
	"§wg.Add(1)",
	"§wg.Wait()",
	"§wg.Go(func() {¶§ n++ })",
	"§wg.Go(func() {¶§§<-c })",
	"§group.TryGo(func() error {¶§ return nil })",
	"time.AfterFunc(1, func() {¶§ n++ })",
	"§context.AfterFunc(ctx, func() {¶§ n++ })",
	"§count.Add(1)",
	"§atomic.AddInt64(&old, 1)",
	"§close(c)",
	"§once.Do(func() { n++ })",
	"§if v := <-c; v > 0 { n++ }",
	"if n > 0 { §<-c }",
	"if n > 0 { n++ } else if n < 0 { §<-c } else { §c <- 1 }",
	"for n < 3 { §<-c; n++ }",
	"§for <-c > 0 { n++ }",
	"§for range c {§ n++ }",
	"§for v := range c {§ §c <- v }",
	"for range 3 { n++ }",
	"for range list { n++ }",
	"§select { case <-c: n++; case c <- 1: §<-d; default: §close(d) }",
	"switch n { case 1: §<-c; fallthrough; case 2: §go f(1);§; fallthrough; default: n++ }",
	"§switch v := (<-c); v { case 1: n++ }",
	"§switch v := any(<-c).(type) { case int: _ = v }",
	"outer: for range c {§ §c <- 1; continue outer }",
	"goto end; end: <-c",
	"{ n++ }",
	"h := func() { §<-c }; h()",
	"return",
	"_ = []func(){func() { §<-c }}",
	"§<-ctx.Done()",
	"§_, cancel := context.WithCancel(ctx); cancel()",
}

// frame is the program around one of the places.
const frame = `package answer

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

var (
	c, d  = make(chan int), make(chan int)
	mu    sync.Mutex
	wg    sync.WaitGroup
	once  sync.Once
	count atomic.Int64
	old   int64
	rw    sync.RWMutex
	locks [2]sync.Mutex
	b     struct{ inner }
	group errgroup.Group
	n     int
	list  []int
	ctx   = context.Background()
	_, _  = atomic.AddInt64, time.Now
)

type inner struct{ sync.Mutex }

func f(int)   {}
func f2() int { return 0 }

func place() {
	STATEMENT
}

func Answer() int { return 42 }
`

const ignoreYields = "package answer\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) {}\n"

func TestPlaces(t *testing.T) {
	for _, place := range places {
		p := put(t, strings.Replace(frame, "STATEMENT", bare(place), 1), ignoreYields)
		_, body, _ := strings.Cut(insertions(string(p.Files[answerFile])), "func place() {\n\t")
		got, _, _ := strings.Cut(body, "\n")
		if got != place {
			t.Errorf("got  %s\nwant %s", got, place)
		}
	}
}

var lockCall = regexp.MustCompile(`D\.\w+\([^;]*\);|;defer D\.\w+\(.*\)`)

// bare is a place without what is put in.
func bare(place string) string {
	return strings.NewReplacer(";§", "", "§", "", "¶", "").Replace(lockCall.ReplaceAllString(place, ""))
}

// All the places at once still compile.
func TestYieldsCompile(t *testing.T) {
	var bodies strings.Builder
	for _, place := range places {
		bodies.WriteString("func() {\n\t" + bare(place) + "\n}()\n")
	}
	compile(t, put(t, strings.Replace(frame, "STATEMENT", bodies.String(), 1), ignoreYields))
}

// No place for a yield, no import of the driver.
func TestNoYieldNoImport(t *testing.T) {
	p := put(t, simple, ignoreYields)
	if got := string(p.Files[answerFile]); got != "package main\n\nfunc Answer() int { return 42 }\n" {
		t.Errorf("got %q, want the answer in package main", got)
	}
}

// The answers of the course pass with their yields switched on.
func TestYieldsKeepTheMeaning(t *testing.T) {
	catalog, defects, err := exercises.Load(exercises.FS)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading the exercises: %v, %v", err, defects)
	}
	for _, ex := range catalog.All() {
		if ex.Kind == exercises.Test {
			continue // its answers are to fail on some implementations; the grader's tests run them
		}
		right := slices.Concat(ex.Right, []exercises.Variant{{Name: "reference", Files: ex.Reference}})
		for _, answer := range right {
			t.Run(ex.Slug+"/"+answer.Name, func(t *testing.T) {
				p := exerciseProgram(t, ex, answer.Files)
				o := orders(t, 20)
				r, result := run(t, p, compile(t, p), o)
				if !r.Complete || len(failed(r)) > 0 {
					t.Errorf("complete %v, failed %q, output:\n%s", r.Complete, failed(r), result.Output)
				}
				if last := r.Attempts[len(r.Attempts)-1].Repetition; last != o.Repetitions-1 {
					t.Errorf("the last repetition is %d, want %d", last, o.Repetitions-1)
				}
			})
		}
	}
}

// exerciseProgram puts an answer to an exercise of the course together.
func exerciseProgram(t *testing.T, ex *exercises.Exercise, files map[string][]byte) *harness.Program {
	t.Helper()
	imp := newImporter(t)
	result := policy.Check(files, policy.Rules{Package: ex.Package, Files: ex.Editable, Imports: ex.Imports, Importer: imp})
	if result.Package == nil {
		t.Fatalf("refused: %v, %v", result.Refusals, result.Errors)
	}
	c, err := harness.Prepare(ex.Package, ex.CheckList, ex.Reference, ex.Checks, imp)
	if err != nil {
		t.Fatal(err)
	}
	return c.Program(result.Package)
}
