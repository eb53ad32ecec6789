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

// putTest puts a test and an implementation of package answer together.
func putTest(t *testing.T, test, implementation string) *harness.Program {
	t.Helper()
	imp := newImporter(t)
	i, err := harness.PrepareImplementation("answer", map[string][]byte{answerFile: []byte(implementation)}, imp)
	if err != nil {
		t.Fatal(err)
	}
	result := policy.Check(map[string][]byte{checksFile: []byte(test)}, policy.Rules{
		Package: "answer", Files: []string{checksFile}, Importer: imp, Tests: true, Beside: i.Given(),
	})
	if result.Package == nil {
		t.Fatalf("the test is not one: refused %v, errors %v", result.Refusals, result.Errors)
	}
	return i.Program(result.Package)
}

func TestRunsATestOnAnImplementation(t *testing.T) {
	p := putTest(t, workerTest, worker)
	if want := []string{"TestStop", "TestNoStop", "TestProbe"}; !slices.Equal(p.Checks, want) {
		t.Errorf("checks %q, want %q", p.Checks, want)
	}
	r, result := run(t, p, compile(t, p), orders(t, 1))
	if !r.Complete || r.Tampered {
		t.Fatalf("complete %v, tampered %v, output:\n%s", r.Complete, r.Tampered, result.Output)
	}
	if got, want := failed(r), []string{"TestNoStop"}; !slices.Equal(got, want) {
		t.Errorf("failed %q, want %q; output:\n%s", got, want, result.Output)
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
