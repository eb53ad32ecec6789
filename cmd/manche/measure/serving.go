package measure

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"manche/exercises"
)

// Server is what a server is measured for.
type Server struct {
	// Resubmitted is the median time from sending what has a verdict already to
	// the answer with that verdict.
	Resubmitted  float64 `json:"resubmitted_ms"`
	Resubmission int     `json:"resubmissions"`
	// Cancelled is the median, and CancelledMax the longest time from sending a
	// submission that supersedes one whose program runs until that one is
	// superseded and none of its processes is left.
	Cancelled    float64 `json:"cancelled_ms"`
	CancelledMax float64 `json:"cancelled_max_ms"`
	Cancels      int     `json:"cancels"`
	// Least and Later are what is resident of the idle server, in bytes: the least
	// since it has been judging, and after so many verdicts. What a start needs goes
	// back to the system later, and would hide that something grows.
	Least    int64 `json:"resident_least_bytes"`
	Later    int64 `json:"resident_after_bytes"`
	Verdicts int   `json:"verdicts"`
}

const (
	resubmissions = 100
	// restTime is how long a server has nothing to do before its memory is read.
	restTime = 3 * time.Second
)

// serverLane is a server that is being measured, with one exercise.
type serverLane struct {
	Config
	*server
	ex      *exercises.Exercise
	passing answer
}

// server measures one on the loopback.
func (c Config) server(ctx context.Context, dir string) (Server, error) {
	s, err := startServer(ctx, c.Program, filepath.Join(dir, "data"), []string{unlimited})
	if err != nil {
		return Server{}, err
	}
	defer s.stop()
	l := &serverLane{Config: c, server: s, ex: c.Exercises[0]}
	l.passing, _ = answersTo(l.ex)
	if err := s.ready(ctx); err != nil {
		return Server{}, err
	}
	var r Server
	for _, part := range []func(context.Context, *Server) error{l.resubmit, l.cancel, l.grow} {
		if err := part(ctx, &r); err != nil {
			return Server{}, cmp.Or(ctx.Err(), err)
		}
	}
	return r, nil
}

// judge has one answer judged to its end.
func (l *serverLane) judge(ctx context.Context, body []byte) error {
	sub, err := l.submit(ctx, l.ex.Slug, body)
	if err != nil {
		return err
	}
	return l.verdict(ctx, sub.ID)
}

// resubmit sends the same again and again.
func (l *serverLane) resubmit(ctx context.Context, r *Server) error {
	body := posting(l.passing.fresh(), false)
	if err := l.judge(ctx, body); err != nil {
		return err
	}
	var took []float64
	for range resubmissions {
		start := time.Now()
		sub, err := l.submit(ctx, l.ex.Slug, body)
		took = append(took, millis(start))
		if err != nil {
			return err
		}
		if string(sub.Verdict) == "null" || len(sub.Verdict) == 0 {
			return fmt.Errorf("the same again is answered by state %s, without its verdict", sub.State)
		}
	}
	r.Resubmitted, r.Resubmission = median(took), resubmissions
	return nil
}

// cancel supersedes programs that would never end.
func (l *serverLane) cancel(ctx context.Context, r *Server) error {
	var took []float64
	for range l.Rounds {
		ms, err := l.supersede(ctx)
		if err != nil {
			return err
		}
		took = append(took, ms)
		l.Step()
	}
	r.Cancelled, r.CancelledMax, r.Cancels = median(took), slices.Max(took), l.Rounds
	return nil
}

func (l *serverLane) supersede(ctx context.Context) (float64, error) {
	old, err := l.submit(ctx, l.ex.Slug, posting(l.passing.fresh(endless), false))
	if err != nil {
		return 0, err
	}
	var running []process
	if err := l.poll(ctx, func() (bool, error) {
		running = l.running()
		return len(running) > 0, nil
	}); err != nil {
		return 0, err
	}
	body := posting(l.passing.fresh(), true)
	start := time.Now()
	next, err := l.submit(ctx, l.ex.Slug, body)
	if err != nil {
		return 0, err
	}
	if err := l.poll(ctx, func() (bool, error) {
		if slices.ContainsFunc(running, process.lives) {
			return false, nil
		}
		sub, err := l.read(ctx, old.ID)
		return sub.State == stateSuperseded, err
	}); err != nil {
		return 0, err
	}
	took := millis(start)
	return took, l.verdict(ctx, next.ID)
}

// running are the submissions' programs that run.
func (l *serverLane) running() []process {
	var all []process
	for _, p := range descendants(l.cmd.Process.Pid) {
		if p.runs() {
			all = append(all, p)
		}
	}
	return all
}

// grow reads the memory of the idle server, has it judge, and reads it again.
func (l *serverLane) grow(ctx context.Context, r *Server) (err error) {
	if r.Least, err = l.atRest(ctx); err != nil {
		return err
	}
	for range l.After {
		if err := l.judge(ctx, posting(l.passing.fresh(), false)); err != nil {
			return err
		}
		if p, ok := readProcess(l.cmd.Process.Pid); ok {
			r.Least = min(r.Least, p.resident)
		}
		l.Step()
	}
	r.Verdicts = l.After
	if r.Later, err = l.atRest(ctx); err != nil {
		return err
	}
	r.Least = min(r.Least, r.Later)
	return nil
}

// atRest is what is resident of the server once it had a rest.
func (l *serverLane) atRest(ctx context.Context) (int64, error) {
	rest := time.NewTimer(restTime)
	defer rest.Stop()
	select {
	case <-rest.C:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if _, err := l.call(ctx, http.MethodGet, "/healthz", nil, nil); err != nil {
		return 0, err
	}
	p, ok := readProcess(l.cmd.Process.Pid)
	if !ok {
		return 0, os.ErrProcessDone
	}
	return p.resident, nil
}
