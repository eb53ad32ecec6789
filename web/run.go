package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"manche/grader"
)

// Bounds of a program that somebody wants to see run.
const (
	// maxProgramFiles is far more than a lesson shows; each has a line in the policy.
	maxProgramFiles = 8
	// maxProgramFile is what the grader takes of one, in bytes.
	maxProgramFile = 64 << 10
	// runsPerSubmission is how many runs may come from an address for each
	// submission that may: a reader changes a line and looks.
	runsPerSubmission = 2
)

// programs runs what readers want to see run.
type programs struct {
	addresses *addresses
	at        atomic.Pointer[Runs]
}

// Runs is a runner and the line before it. Several servers may share one.
type Runs struct {
	runner Runner
	line   *line
}

// NewRuns has r run readers' programs, so many at a time, at least one.
func NewRuns(r Runner, slots int) *Runs { return &Runs{r, newLine(slots)} }

// AttachRuns gives the server what runs readers' programs. Until then they are told
// to come again.
func (s *Server) AttachRuns(r *Runs) { s.programs.at.Store(r) }

// job is a program on its way.
type job struct {
	*telling
	files  map[string]string
	at     *Runs
	ticket *ticket
	cancel context.CancelCauseFunc
	ctx    context.Context
	done   chan struct{} // closed when it is over
}

// begin has a program run, or tells why it is not accepted. It stops when the
// request ends. Whoever calls it has to call end.
func (s *Server) begin(r *http.Request, files map[string]string) (*job, error) {
	if err := checkProgram(files); err != nil {
		return nil, err
	}
	at := s.programs.at.Load()
	if at == nil {
		return nil, preparing()
	}
	if p := s.programs.addresses.take(r, s.Now()); p != nil {
		return nil, p
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	from := visitor{learner: learner(r), address: addressOf(r).String()}
	ticket, p := at.line.enter(from, cancel)
	if p != nil {
		cancel(nil)
		return nil, p
	}
	j := &job{telling: newTelling(), files: files, at: at, ticket: ticket, ctx: ctx, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(j.done)
		defer ticket.leave()
		j.finish(s.run(j))
	}()
	return j, nil
}

// end stops the program, if it still runs, and waits until it has ended.
func (j *job) end() {
	j.cancel(context.Canceled)
	<-j.done
}

// run waits for the turn of a program and runs it. The findings have their
// sentences.
func (s *Server) run(j *job) (ran *grader.Ran, err error) {
	defer func() { // one program must not take the others with it
		if p := recover(); p != nil {
			ran, err = nil, fmt.Errorf("the runner panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if err := j.ticket.wait(j.ctx, j.place); err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(j.files))
	for name, text := range j.files {
		files[name] = []byte(text)
	}
	ran, err = j.at.runner.Follow(j.ctx, grader.Program{Files: files}, j.observe)
	if err != nil && j.ctx.Err() != nil {
		return nil, context.Cause(j.ctx)
	}
	if err != nil {
		return nil, err
	}
	return ran, ran.Verdict.Speak(s.Messages)
}

// checkProgram holds files against what a program may consist of. What they are
// called is the grader's business.
func checkProgram(files map[string]string) error {
	if len(files) == 0 || len(files) > maxProgramFiles {
		return wrongProgram()
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		switch text := files[name]; {
		case len(text) > maxProgramFile:
			return wrongProgram()
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			return notText(name)
		}
	}
	return nil
}

// fault logs why a run failed, if that is our fault, and reports it. Nothing of the
// program is logged.
func (s *Server) fault(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, errReplaced) {
		return false
	}
	s.Log.Error("running a program failed", "error", err)
	return true
}

// runResult is the data of a "result" event.
type runResult struct {
	Outcome   grader.Outcome `json:"outcome"`
	Stop      string         `json:"stop,omitempty"` // how the first run ended; "" where nothing ran
	ExitCode  int            `json:"exit_code"`
	TookMS    float64        `json:"took_ms"`    // of the first run
	OutputCut bool           `json:"output_cut"` // there was more than is shown
	// Verdict has all the rest: findings, what was not checked and why, runs, times.
	Verdict *grader.Verdict `json:"verdict"`
	// Sentence and HTML say it in words, for a page that asks for a fragment.
	Sentence string `json:"sentence,omitempty"`
	HTML     string `json:"html,omitempty"`
}

func resultOf(ran *grader.Ran, cut bool) runResult {
	return runResult{
		Outcome: ran.Verdict.Outcome, Stop: string(ran.End.Stop), ExitCode: ran.End.ExitCode,
		TookMS:    float64(ran.End.Took.Microseconds()) / 1000,
		OutputCut: cut || ran.End.OutputCut, Verdict: ran.Verdict,
	}
}
