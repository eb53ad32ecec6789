package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"manche/content"
	"manche/grader"
	"manche/grader/queue"
	"manche/web"
)

// readiness is how far the preparation of the grader is. It is safe for
// concurrent use; its zero value has not begun.
type readiness struct {
	ready       atomic.Bool
	done, total atomic.Int64
}

// Progress implements what web asks for.
func (r *readiness) Progress() (ready bool, done, total int) {
	return r.ready.Load(), int(r.done.Load()), int(r.total.Load())
}

// serving is a server under way.
type serving struct {
	*program
	site    web.Handler
	attach  func(*queue.Queue, *grader.Grader) // to what is served
	ledger  queue.Ledger
	ready   *readiness
	log     *slog.Logger
	grader  grader.Config
	workers int
	grace   time.Duration // see [queue.Config]
	ahead   anticipation
}

// run serves and judges until ctx ends or one of the two cannot go on. When it
// returns, nothing of it runs any more.
func (s *serving) run(ctx context.Context, ln net.Listener) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return web.Serve(ctx, ln, s.site, web.DrainTime, s.log) })
	group.Go(func() error { return s.judge(ctx) })
	return group.Wait()
}

// judge prepares the grader and then works through the queue until ctx ends.
func (s *serving) judge(ctx context.Context) error {
	g, err := grader.New(ctx, s.grader, func(done, total int) {
		s.ready.done.Store(int64(done))
		s.ready.total.Store(int64(total))
	})
	if err != nil && ctx.Err() != nil {
		return nil // told to stop before it was ready, which may show as a killed compiler
	}
	if err != nil {
		return err
	}
	defer g.Close()
	var linker sync.WaitGroup
	defer linker.Wait()
	linker.Go(func() { s.warm(ctx, g) })
	judge := judgeWith(g, s.messages)
	q := queue.Start(ctx, queue.Config{
		Ledger: s.ledger, Slots: s.workers, Grace: s.grace, Log: s.log,
		Judge: func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
			defer g.Warm(s.workers) // not while the checks run, which need the processors
			return judge(ctx, job, report)
		},
	})
	s.attach(q, g)
	s.ready.ready.Store(true)
	fmt.Fprintln(s.out, s.say("cli.ready"))
	s.ahead.run(ctx, g)
	q.Close()
	return nil
}

// runsShare is how many submissions may be judged for each program that a reader
// runs: verdicts come first.
const runsShare = 2

// warmly runs readers' programs, and makes ready for the next.
type warmly struct {
	*grader.Grader
	workers int
}

// Follow implements web.Runner.
func (w warmly) Follow(ctx context.Context, p grader.Program, observe func(grader.Progress)) (*grader.Ran, error) {
	defer w.Warm(w.workers)
	return w.Grader.Follow(ctx, p, observe)
}

// warm makes a linker ready for each worker. Without them judging takes longer,
// and nothing else.
func (s *serving) warm(ctx context.Context, g *grader.Grader) {
	if err := g.PrepareLinker(ctx); err != nil && ctx.Err() == nil {
		s.log.Warn("no linker waits", "error", err)
	}
	g.Warm(s.workers)
}

// judgeWith makes the queue's judge out of a grader and the sentences.
func judgeWith(g *grader.Grader, messages *content.Messages) queue.Judge {
	return func(ctx context.Context, job queue.Job, report func(queue.State, json.RawMessage)) ([]byte, bool, error) {
		v, err := g.Watch(ctx, grader.Submission{Exercise: job.Exercise, Files: job.Files}, func(p grader.Progress) {
			report(states[p.Stage], inWords(p.Finding, messages))
		})
		if err != nil {
			return nil, false, err
		}
		if err := v.Speak(messages); err != nil {
			return nil, false, err
		}
		verdict, err := json.Marshal(v)
		if err != nil {
			return nil, false, fmt.Errorf("writing the verdict: %w", err)
		}
		return verdict, v.Outcome == grader.Passed, nil
	}
}

// inWords is a finding as learners are told of it; nil where there is none, or
// where it cannot be put into words: then the verdict fails to be, and says so.
func inWords(f *grader.Finding, messages *content.Messages) json.RawMessage {
	if f == nil || f.Speak(messages) != nil {
		return nil
	}
	raw, _ := json.Marshal(f) // strings and numbers only
	return raw
}

// states translates how far a judgement is into what the queue shows.
var states = map[grader.Stage]queue.State{
	grader.StageChecking:  queue.Building,
	grader.StageBuilding:  queue.Building,
	grader.StageRunning:   queue.Running,
	grader.StageRepeating: queue.Running,
}
