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

	"manche/exercises"
	"manche/grader"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// Kind is what is tried.
type Kind string

const (
	AnAttack Kind = "attack"
	AForgery Kind = "forgery"
)

// Trial tries everything once, on this machine.
type Trial struct {
	Toolchain build.Toolchain
	Sandbox   sandbox.Config // with walls: without them, attacks get through
	Catalog   *exercises.Catalog
	Cache     string // folder of what was prepared once, as a grader has it
	// Told is told each outcome as it comes.
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
	Before    Census       `json:"-"`
	After     Census       `json:"-"`
	Left      Census       `json:"left"` // what is there after it and was not before
}

// Sum is how many there are, and how many of them were held.
type Sum struct {
	Held  int `json:"held"`
	Total int `json:"total"`
}

// Held reports whether everything was held, and nothing is left.
func (r *Report) Held() bool {
	return r.Attacks.Held == r.Attacks.Total && r.Forgeries.Held == r.Forgeries.Total && len(r.Left.All()) == 0
}

// Run makes the trial: half a minute, and as long again where nothing was built
// before. It sets TMPDIR, so that it sees what stays behind there: no other
// goroutine may use temporary files meanwhile. An error says that something could
// not be tried.
func (t Trial) Run(ctx context.Context) (_ *Report, err error) {
	work, err := os.MkdirTemp("", "manche-trial-")
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
	if err := t.attack(ctx, box, &r.Attacks); err != nil {
		return err
	}
	return t.forge(ctx, g, r.Lacks, &r.Forgeries)
}

// attack builds and runs the programs.
func (t Trial) attack(ctx context.Context, box *sandbox.Backend, sum *Sum) (err error) {
	dir, err := os.MkdirTemp("", "attacks-")
	if err != nil {
		return fmt.Errorf("making a folder for the attacks: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	programs, err := Build(ctx, t.Toolchain, dir)
	if err != nil {
		return err
	}
	host, err := OpenHost()
	if err != nil {
		return err
	}
	defer host.Close()
	for _, a := range Table(programs, host, box.Lacks()) {
		o, err := a.Run(ctx, box, programs, "mark-"+rand.Text())
		if err != nil {
			return err
		}
		t.tell(AnAttack, o, sum)
	}
	return nil
}

// forge hands the forgeries in.
func (t Trial) forge(ctx context.Context, g *grader.Grader, lacks []string, sum *Sum) error {
	ex, ok := t.Catalog.Lookup(Exercise)
	if !ok {
		return fmt.Errorf("trying the forgeries: %w %q", grader.ErrUnknownExercise, Exercise)
	}
	all, err := Forgeries(ex)
	if err != nil {
		return err
	}
	if !t.Toolchain.Race {
		all = WithoutRace(all)
	}
	if !slices.Contains(lacks, sandbox.LackKernelLimits) {
		all = Unhurried(all)
	}
	for _, f := range all {
		o, err := f.Run(ctx, g)
		if err != nil {
			return err
		}
		t.tell(AForgery, o, sum)
	}
	return nil
}

// tell counts an outcome and passes it on.
func (t Trial) tell(k Kind, o Outcome, sum *Sum) {
	if sum.Total++; o.Held() {
		sum.Held++
	}
	t.Told(k, o)
}
