package attack

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sync/errgroup"

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/internal/leftover"
	"manche/grader/sandbox"
)

// Kind is what is tried.
type Kind string

const (
	AnAttack Kind = "attack"
	AForgery Kind = "forgery"
	AFault   Kind = "fault" // of a server, which ends in the middle of its work
)

// Trial tries everything once, on this machine, or what is drawn.
type Trial struct {
	Toolchain build.Toolchain
	Sandbox   sandbox.Config // with walls: without them, attacks get through
	Catalog   *exercises.Catalog
	Cache     string // folder of what was prepared once, as a grader has it
	// Serve starts a server with its data in a folder, and returns once the endless
	// submission runs.
	Serve func(ctx context.Context, data string) (Server, error)
	// Draw is what is drawn at random once everything was tried; nil is nothing.
	Draw *Draw
	// Told is told each outcome as it comes, one after the other.
	Told func(Kind, Outcome)
	// Progress is told how far the preparation of the grader is; it may be nil.
	Progress func(done, total int)
}

// Report is what became of a trial.
type Report struct {
	Tier      sandbox.Tier `json:"tier"`
	Lacks     []string     `json:"lacks"`
	Attacks   Sum          `json:"attacks"`
	Forgeries Sum          `json:"forgeries"`
	Faults    Sum          `json:"faults"`
	Drawn     *Drawn       `json:"drawn,omitempty"`
	Before    Census       `json:"-"`
	After     Census       `json:"-"`
	Left      Census       `json:"left"` // what is there after it and was not before
}

// Sum is how many there are, and how many of them were held.
type Sum struct {
	Held  int `json:"held"`
	Total int `json:"total"`
}

func (s *Sum) count(o Outcome) {
	if s.Total++; o.Held() {
		s.Held++
	}
}

func (s Sum) all() bool { return s.Held == s.Total }

// Held reports whether everything was held, and nothing is left.
func (r *Report) Held() bool {
	held := r.Attacks.all() && r.Forgeries.all() && r.Faults.all()
	return held && (r.Drawn == nil || r.Drawn.held()) && len(r.Left.All()) == 0
}

// trialFolder begins the names of the folders of trials.
const trialFolder = "manche-trial-"

// Run makes the trial: half a minute, and as long again where nothing was built
// before; what is drawn takes as long as its number asks. It sets TMPDIR, so that it
// sees what stays behind there: no other goroutine may use temporary files
// meanwhile. An error says that something could not be tried.
func (t Trial) Run(ctx context.Context) (_ *Report, err error) {
	_ = leftover.Clear("", trialFolder) // what cannot be looked for is in nobody's way
	work, err := leftover.Make("", trialFolder)
	if err != nil {
		return nil, fmt.Errorf("making a folder for the trial: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	undo, err := Adopt()
	if err != nil {
		return nil, err
	}
	defer undo()
	defer os.Setenv("TMPDIR", os.Getenv("TMPDIR"))
	os.Setenv("TMPDIR", work)
	patterns := []string{filepath.Join(work, "*"), filepath.Join(t.Cache, "work", strconv.Itoa(os.Getpid())+"-*")}
	r := &Report{Before: Take(patterns...)}
	if err := t.tryAll(ctx, r); err != nil {
		return nil, err
	}
	r.After = Take(patterns...)
	r.Left = r.After.Left(r.Before)
	return r, nil
}

// tryAll opens all that is needed, tries everything, and closes it.
func (t Trial) tryAll(ctx context.Context, r *Report) (err error) {
	box, err := sandbox.Open(ctx, t.Sandbox)
	if err != nil {
		return fmt.Errorf("opening the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	r.Tier, r.Lacks = box.Tier(), append([]string{}, box.Lacks()...)
	g, err := grader.New(ctx, grader.Config{Catalog: t.Catalog, Toolchain: t.Toolchain, Sandbox: box, Cache: t.Cache}, t.Progress)
	if err != nil {
		return err
	}
	defer g.Close()
	dir, err := os.MkdirTemp("", "attacks-")
	if err != nil {
		return fmt.Errorf("making a folder for the attacks: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	host, err := OpenHost()
	if err != nil {
		return err
	}
	defer host.Close()
	attacks, err := t.attacks(ctx, box, host, dir)
	if err != nil {
		return err
	}
	forgeries, err := t.forgeries(g, r.Lacks)
	if err != nil {
		return err
	}
	all := append(attacks, forgeries...)
	if t.Draw != nil {
		r.Drawn = &Drawn{Draw: *t.Draw}
		return t.draw(ctx, g, all, r)
	}
	return t.each(ctx, append(all, t.killed()...), 1, r.count)
}

// try is an attack or a forgery, ready to be tried.
type try struct {
	kind Kind
	run  func(context.Context) (Outcome, error)
}

// attacks builds the programs into dir.
func (t Trial) attacks(ctx context.Context, box *sandbox.Backend, host Host, dir string) ([]try, error) {
	programs, err := Build(ctx, t.Toolchain, dir)
	if err != nil {
		return nil, err
	}
	var all []try
	for _, a := range Table(programs, host, box.Lacks()) {
		all = append(all, try{AnAttack, func(ctx context.Context) (Outcome, error) {
			return a.Run(ctx, box, programs, "mark-"+rand.Text())
		}})
	}
	return all, nil
}

// forgeries lists those that are to be handed in, to a sandbox that lacks this.
func (t Trial) forgeries(g *grader.Grader, lacks []string) ([]try, error) {
	ex, ok := t.Catalog.Lookup(Exercise)
	if !ok {
		return nil, fmt.Errorf("trying the forgeries: %w %q", grader.ErrUnknownExercise, Exercise)
	}
	list, err := Forgeries(ex)
	if err != nil {
		return nil, err
	}
	if !t.Toolchain.Race {
		list = WithoutRace(list)
	}
	if !slices.Contains(lacks, sandbox.LackKernelLimits) {
		list = Unhurried(list)
	}
	var all []try
	for _, f := range list {
		all = append(all, try{AForgery, func(ctx context.Context) (Outcome, error) { return f.Run(ctx, g) }})
	}
	return all, nil
}

// each tries so many at a time, and counts and tells each outcome as it comes.
func (t Trial) each(ctx context.Context, all []try, atATime int, count func(Kind, Outcome)) error {
	group, limited := errgroup.WithContext(ctx)
	group.SetLimit(atATime)
	var mu sync.Mutex
	for _, one := range all {
		if limited.Err() != nil {
			break
		}
		group.Go(func() error {
			o, err := one.run(limited)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			count(one.kind, o)
			t.Told(one.kind, o)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// count adds an outcome to the sum that it belongs to.
func (r *Report) count(k Kind, o Outcome) {
	switch k {
	case AnAttack:
		r.Attacks.count(o)
	case AForgery:
		r.Forgeries.count(o)
	case AFault:
		r.Faults.count(o)
	}
}
