package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"

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

// attack tries all attacks and forgeries on this machine and says what became of
// each. It fails with the code for what failed when one was not held or when
// something is left behind.
func (p *program) attack(ctx context.Context, box sandbox.Config, asJSON bool) error {
	toolchain, err := build.Find(ctx)
	if err != nil {
		return err
	}
	catalog, err := p.catalog()
	if err != nil {
		return err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	progress, done := p.progress()
	done = sync.OnceFunc(done) // before the first outcome
	told := trialJSON{Outcomes: []outcomeJSON{}}
	told.Report, err = attack.Trial{
		Toolchain: toolchain, Sandbox: box, Catalog: catalog, Cache: filepath.Join(cache, "manche"), Progress: progress,
		Told: func(k attack.Kind, o attack.Outcome) {
			told.Outcomes = append(told.Outcomes, outcomeJSON{k, o.Name, o.Expected, o.Got, o.Held()})
			if done(); !asJSON {
				p.showOutcome(k, o)
			}
		},
	}.Run(ctx)
	done()
	if err != nil {
		return err
	}
	told.OK = told.Report.Held()
	if asJSON {
		err = json.NewEncoder(p.out).Encode(told)
	} else {
		p.showTrial(told.Report)
	}
	if err == nil && !told.OK {
		err = &outcomeError{exitFailed}
	}
	return err
}

// showOutcome prints what became of one attack or forgery.
func (p *program) showOutcome(k attack.Kind, o attack.Outcome) {
	sign, name := "✓", p.say("cli.doctor.attack", "name", o.Name)
	if !o.Held() {
		sign = "✗"
	}
	if k == attack.AForgery {
		name = p.say("cli.doctor.forgery", "name", o.Name)
	}
	fmt.Fprintln(p.out, sign, p.say("cli.doctor.outcome", "what", name, "expected", o.Expected, "got", o.Got))
}

// showTrial prints the sums, and what is left.
func (p *program) showTrial(r *attack.Report) {
	fmt.Fprintln(p.out, p.say("cli.doctor.sums", "tier", r.Tier, "user", os.Geteuid(),
		"attacks", r.Attacks.Total, "held", r.Attacks.Held, "forgeries", r.Forgeries.Total, "seen", r.Forgeries.Held))
	counts := func(before, after []string) string { return fmt.Sprintf("%d → %d", len(before), len(after)) }
	b, a := r.Before, r.After
	fmt.Fprintln(p.out, p.say("cli.doctor.counts",
		"processes", counts(b.Processes, a.Processes), "cgroups", counts(b.Cgroups, a.Cgroups), "mounts", counts(b.Mounts, a.Mounts),
		"files", counts(b.Files, a.Files), "descriptors", counts(b.Descriptors, a.Descriptors)))
	for _, what := range r.Left.All() {
		fmt.Fprintln(p.out, "✗", p.say("cli.doctor.left", "what", what))
	}
}
