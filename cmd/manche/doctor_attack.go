package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"

	"manche/cmd/manche/figures"
	"manche/cmd/manche/measure"
	"manche/cmd/manche/trial"
	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/grader/attack"
	"manche/grader/build"
	"manche/grader/sandbox"
)

// trialJSON is what doctor --attack --json prints.
type trialJSON struct {
	OK bool `json:"ok"`
	*attack.Report
	Outcomes []outcomeJSON `json:"outcomes"`
}

// outcomeJSON is what became of one attack or forgery.
type outcomeJSON struct {
	Kind     attack.Kind `json:"kind"`
	Name     string      `json:"name"`
	Expected string      `json:"expected"`
	Got      string      `json:"got"`
	Held     bool        `json:"held"`
}

// trialOptions are what doctor --attack can be told.
type trialOptions struct {
	random, atATime uint
	seed            uint64
	readme          string
	box             sandbox.Config
	asJSON          bool
}

// attack tries all attacks and forgeries on this machine and says what became of
// each; of what is drawn at random, only what was not held. It fails with the code
// for what failed when one was not held or when something is left behind.
func (p *program) attack(ctx context.Context, o trialOptions) error {
	if o.atATime == 0 || o.readme != "" && o.random == 0 {
		return p.usage("cli.doctor.least")
	}
	if o.seed == 0 {
		o.seed = uint64(rand.Uint32()) // short, so that a person can type it again
	}
	if err := p.checkReadme(attackSection, o.readme); err != nil {
		return err
	}
	t, err := p.trial(ctx, o)
	if err != nil {
		return err
	}
	preparing, prepared := p.progress()
	prepared = sync.OnceFunc(prepared) // before the first outcome
	t.Progress = preparing
	setting := o.setting(ctx, t)
	drawing := p.drawing(t)
	told := trialJSON{Outcomes: []outcomeJSON{}}
	t.Told = func(k attack.Kind, x attack.Outcome) {
		told.Outcomes = append(told.Outcomes, outcomeJSON{k, x.Name, x.Expected, x.Got, x.Held()})
		if prepared(); !o.asJSON && (t.Draw == nil || !x.Held()) {
			p.showOutcome(k, x)
		}
		drawing.Step()
	}
	told.Report, err = t.Run(ctx)
	prepared()
	drawing.End()
	if err != nil {
		return err
	}
	told.OK = told.Report.Held()
	return p.deliverTrial(o, setting, told)
}

// trial is what is to be tried.
func (p *program) trial(ctx context.Context, o trialOptions) (attack.Trial, error) {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return attack.Trial{}, err
	}
	catalog, err := p.catalog()
	if err != nil {
		return attack.Trial{}, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return attack.Trial{}, err
	}
	t := attack.Trial{Toolchain: toolchain, Sandbox: o.box, Catalog: catalog, Cache: filepath.Join(cache, "manche"), Serve: serveEndless(catalog, o.box)}
	if o.random > 0 {
		t.Draw = &attack.Draw{N: int(o.random), AtATime: int(o.atATime), Seed: o.seed}
	}
	return t, nil
}

// serveEndless returns what starts this program again, as a server with this sandbox
// in which an endless answer runs.
func serveEndless(catalog *exercises.Catalog, box sandbox.Config) func(context.Context, string) (attack.Server, error) {
	return func(ctx context.Context, data string) (attack.Server, error) {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding this program: %w", err)
		}
		ex, ok := catalog.Lookup(attack.Exercise)
		if !ok {
			return nil, grader.ErrUnknownExercise
		}
		return measure.StartEndless(ctx, self, data, ex, sandboxArgs(box)...)
	}
}

// deliverTrial prints the report of a trial, puts what was drawn into the README
// that was named, and returns the exit code that it means.
func (p *program) deliverTrial(o trialOptions, s figures.Setting, told trialJSON) error {
	if o.readme != "" {
		if err := attackSection.Write(o.readme, trial.Markdown(s, told.Report, os.Geteuid(), p.messages.In(content.EN))); err != nil {
			return err
		}
	}
	if o.asJSON {
		if err := json.NewEncoder(p.out).Encode(told); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	} else {
		p.showTrial(told.Report)
	}
	if !told.OK {
		return &outcomeError{exitFailed}
	}
	return nil
}

// showOutcome prints what became of one attack or forgery.
func (p *program) showOutcome(k attack.Kind, o attack.Outcome) {
	sign, name := "✓", p.say("cli.doctor.attack", "name", o.Name)
	if !o.Held() {
		sign = "✗"
	}
	switch k {
	case attack.AForgery:
		name = p.say("cli.doctor.forgery", "name", o.Name)
	case attack.AFault:
		name = p.say("cli.doctor.fault", "name", o.Name)
	}
	fmt.Fprintln(p.out, sign, p.say("cli.doctor.outcome", "what", name, "expected", o.Expected, "got", o.Got))
}

// showTrial prints the sums, and what is left.
func (p *program) showTrial(r *attack.Report) {
	if r.Drawn != nil {
		fmt.Fprintln(p.out, trial.Drawn(r, p.voice()))
	}
	fmt.Fprintln(p.out, trial.Sum(r, os.Geteuid(), p.voice()))
	if r.Faults.Total > 0 {
		fmt.Fprintln(p.out, p.say("cli.doctor.faults", "held", r.Faults.Held, "n", r.Faults.Total))
	}
	counts := func(before, after []string) string { return fmt.Sprintf("%d → %d", len(before), len(after)) }
	b, a := r.Before, r.After
	fmt.Fprintln(p.out, p.say("cli.doctor.counts",
		"processes", counts(b.Processes, a.Processes), "cgroups", counts(b.Cgroups, a.Cgroups), "mounts", counts(b.Mounts, a.Mounts),
		"files", counts(b.Files, a.Files), "descriptors", counts(b.Descriptors, a.Descriptors)))
	for _, what := range r.Left.All() {
		fmt.Fprintln(p.out, "✗", p.say("cli.doctor.left", "what", what))
	}
}
