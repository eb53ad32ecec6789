package driver

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"testing"
	"time"

	"manche/grader/harness/wire"
)

// maxText bounds each text of a frame, in bytes. A dump of some hundred
// goroutines fits; of more, the first ones tell the story.
const maxText = 512 << 10

// session is one run of all checks, repeated.
type session struct {
	orders wire.Orders
	report *wire.Reporter
	checks []testing.InternalTest
	// start runs f as a test of this name to its end, and tells whether it passed.
	start  func(t *testing.T, name string, f func(*testing.T)) bool
	known  []int64         // goroutines from before the check that runs
	looks  looks           // of the goroutine that runs the checks
	failed map[string]bool // not to run again
	found  bool            // something is wrong: two repetitions say enough
	shaken bool            // the last repetition had something to perturb
	cuts   int
	// What a check has left may act on the next ones; once it may have, all that
	// follows in this process is for nothing.
	disturbed, spoiled bool
	// proven reports whether a leak profile shows that the check never ends.
	proven func(profile string) bool
	// Which repetition it is, and the seed of its yields.
	repetition int
	seed       uint64
}

// newSession makes the session that is ordered.
func newSession(checks []testing.InternalTest, start func(*testing.T, string, func(*testing.T)) bool) *session {
	s := &session{
		orders: orders, report: wire.NewReporter(reportFile, orders.Key),
		checks: checks, start: start, failed: make(map[string]bool), proven: checkLeaked,
	}
	for _, name := range orders.Skip {
		s.failed[name] = true
	}
	return s
}

// run is the one test that testing sees; the checks are its subtests.
func (s *session) run(t *testing.T) {
	b := newBudget(time.Duration(s.orders.BudgetMS) * time.Millisecond)
	for repetition := s.orders.First; repetition < s.orders.Repetitions; repetition++ {
		if s.enough(repetition, b) {
			break
		}
		s.shaken = false
		for i, check := range s.checks {
			s.repetition, s.seed = repetition, s.orders.Seed+uint64(repetition*len(s.checks)+i)
			perturb(repetition > 0, s.seed)
			if !s.failed[check.Name] && !s.spoiled {
				s.once(t, check, repetition)
				s.shaken = s.shaken || perturbed()
			}
		}
	}
	perturb(false, 0)
	s.canaries(t)
	s.report.Send(wire.Frame{Kind: wire.Bye})
}

// enough reports whether another repetition is not worth its time: something
// was found, and two repetitions say what; or the least number is done, and the
// budget is spent or there was nothing to perturb, so that one more would be one
// of the same.
func (s *session) enough(repetition int, b budget) bool {
	if s.spoiled {
		return true
	}
	enough := repetition >= s.orders.Least
	switch repetition - s.orders.First {
	case 0:
		return false
	case 1: // one as it stands, one perturbed
		return enough && b.spent()
	}
	return s.found || enough && (b.spent() || !s.shaken)
}

// once runs one check and reports on it.
func (s *session) once(t *testing.T, check testing.InternalTest, repetition int) {
	s.cut()
	s.report.Send(wire.Frame{Kind: wire.Begin, Check: check.Name, Repetition: repetition})
	known := goroutines(s.looks.dump())
	s.known = known
	forget()
	races := raceErrors()
	f := s.watched(t, check)
	f.Kind, f.Check, f.Repetition = wire.End, check.Name, repetition
	s.leftovers(&f, known)
	f.Races = raceErrors() - races // with those of what was left
	f.Rings = newSearch().rings()
	if f.Left != "" {
		f.Held = held()
	}
	s.cut()
	if f.Failed || f.Left != "" || f.Races > 0 || f.Rings != nil {
		s.failed[check.Name], s.found = true, true
	}
	s.report.Send(f)
}

// watched runs the check under the watchdog.
func (s *session) watched(t *testing.T, check testing.InternalTest) wire.Frame {
	stop := s.watch(check.Name, s.orders.CheckMS, s.orders.WorkMS, s.proven)
	defer stop()
	return s.attempt(t, check)
}

// attempt runs the check as a subtest and tells how it went.
func (s *session) attempt(t *testing.T, check testing.InternalTest) wire.Frame {
	var f wire.Frame
	passed := s.start(t, check.Name, func(t *testing.T) {
		returned := false
		defer func() {
			if p := recover(); p != nil {
				f.Panic, f.Stack = text(p), stack()
				f.Left = clip(string(new(looks).dump()))
				t.Fail()
				return
			}
			f.Goexit = !returned && !t.Failed() && !t.Skipped()
			f.Skipped = t.Skipped()
			if f.Goexit {
				t.FailNow() // or testing ends the process, which it takes for a bug of its own
			}
		}()
		check.F(t)
		returned = true
	})
	f.Failed = !passed
	return f
}

// cut parts the output.
func (s *session) cut() {
	fmt.Fprintf(os.Stdout, "\n%s\n", wire.CutLine(s.orders.Key, s.cuts))
	s.cuts++
}

// stack returns the stack of the calling goroutine.
func stack() string {
	buf := make([]byte, maxText)
	return string(buf[:runtime.Stack(buf, false)])
}

// clip cuts text at maxText bytes.
func clip(text string) string {
	if len(text) > maxText {
		return text[:maxText]
	}
	return text
}

// text prints the value of a panic without calling its methods where they may
// be the learner's: the runtime's own errors say what they are.
func text(p any) string {
	if s, ok := p.(string); ok {
		return clip(s)
	}
	t := reflect.TypeOf(p)
	if t.PkgPath() == "" && t.Name() != "" {
		return fmt.Sprint(p) // predeclared, without methods
	}
	if err, ok := p.(error); ok && trusted(t) && !(t.Kind() == reflect.Pointer && reflect.ValueOf(p).IsNil()) {
		return clip(err.Error())
	}
	return "(" + t.String() + ")"
}

// trusted reports whether a type's Error method is Go's own, and calls no other.
func trusted(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.PkgPath() + "." + t.Name() {
	case "errors.errorString", "fmt.wrapError", "fmt.wrapErrors":
		return true
	}
	return t.PkgPath() == "runtime"
}
