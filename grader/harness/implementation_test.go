package harness_test

import (
	"slices"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/policy"
)

// The two sides of the tests here: both have what only one of them may know.
const (
	worker = `package answer

import tools "sync"

type state struct{ tools.Mutex }

type Worker interface{ Stop() }

type worker struct {
	*state
	done chan struct{}
	once tools.Once
}

func Start() Worker {
	w := &worker{state: &state{}, done: make(chan struct{})}
	go func() { <-w.done }()
	return w
}

func (w *worker) Stop() { w.once.Do(w.stop) }

func (w *worker) stop() {
	w.state.Lock()
	defer w.Unlock()
	close(w.done)
}
`
	workerTest = `package answer

import (
	"testing"

	"go.uber.org/goleak"
)

type state int

func TestStop(t *testing.T) {
	defer goleak.VerifyNone(t)
	Start().Stop()
}

func TestNoStop(t *testing.T) {
	defer goleak.VerifyNone(t,
		goleak.IgnoreCurrent(),
	)
	w := Start()
	t.Cleanup(w.Stop)
}

func TestProbe(t *testing.T) {
	w := Start()
	defer w.Stop()
	if _, ok := w.(interface{ stop() }); ok {
		t.Error("the test knows a method by its name")
	}
}
`
)

// putTest puts a test and implementations of package answer together.
func putTest(t *testing.T, test string, implementations ...string) []*harness.Program {
	t.Helper()
	imp := newImporter(t)
	var list []*harness.Implementation
	for _, src := range implementations {
		i, err := harness.PrepareImplementation("answer", map[string][]byte{answerFile: []byte(src)}, imp)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, i)
	}
	result := policy.Check(map[string][]byte{checksFile: []byte(test)}, policy.Rules{
		Package: "answer", Files: []string{checksFile}, Importer: imp, Tests: true, Beside: list[0].Given(),
	})
	if result.Package == nil {
		t.Fatalf("the test is not one: refused %v, errors %v", result.Refusals, result.Errors)
	}
	return harness.Programs(list, result.Package)
}

func TestRunsATestOnEachImplementation(t *testing.T) {
	// The second one stops nothing, and panics where the first one does not.
	lazy := strings.NewReplacer("close(w.done)", "", "return w\n", "if w == nil {\n\t\tpanic(0)\n\t}\n\treturn w\n").Replace(worker)
	programs := putTest(t, workerTest, worker, lazy)
	binary := compile(t, programs[0])
	for k, want := range [][]string{{"TestNoStop"}, {"TestStop", "TestNoStop", "TestProbe"}} {
		p, o := programs[k], orders(t, 1)
		o.Skip = p.Others
		r, result := run(t, p, binary, o)
		if !r.Complete || r.Tampered {
			t.Fatalf("complete %v, tampered %v, output:\n%s", r.Complete, r.Tampered, result.Output)
		}
		var got []string
		for _, name := range failed(r) {
			got = append(got, p.Plain(name))
		}
		if k == 1 {
			want = want[:2] // what the first two have left is there before the third
		}
		if !slices.Equal(got, want) {
			t.Errorf("implementation %d: failed %q, want %q; output:\n%s", k, got, want, result.Output)
		}
		if text := r.Attempts[1].Output; !strings.Contains(text, checksFile+":22: found unexpected goroutines") || strings.Contains(text, "copy_") {
			t.Errorf("implementation %d: the place is not the author's own:\n%s", k, text)
		}
	}
}

// What a test is shown of an implementation has no names but those it exports.
func TestGivenHidesWhatIsNotExported(t *testing.T) {
	i, err := harness.PrepareImplementation("answer", map[string][]byte{answerFile: []byte(worker)}, newImporter(t))
	if err != nil {
		t.Fatal(err)
	}
	given := string(i.Given()[answerFile])
	for _, name := range []string{"state ", "worker ", "done ", ".done\n", "stop()", "once ", "tools."} {
		if strings.Contains(given, name) {
			t.Errorf("%q can be known:\n%s", name, given)
		}
	}
	for _, name := range []string{"package answer\n", "func Start() Worker {", ") Stop()", "Stop() }", ".Lock()", "Mutex"} {
		if !strings.Contains(given, name) {
			t.Errorf("%q cannot be known:\n%s", name, given)
		}
	}
	if again := string(i.Given()[answerFile]); again == given {
		t.Error("the hidden names can be guessed: they are the same twice")
	}
}

func TestPrepareImplementationReportsWhatIsWrong(t *testing.T) {
	for _, src := range []string{"package", "package answer\n\nvar x int = \"\"\n"} {
		if _, err := harness.PrepareImplementation("answer", map[string][]byte{answerFile: []byte(src)}, newImporter(t)); err == nil {
			t.Errorf("%q can be prepared", src)
		}
	}
}
