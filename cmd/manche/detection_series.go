package main

import (
	"context"
	"errors"
	"runtime"

	"manche/cmd/manche/detection"
	"manche/cmd/manche/figures"
	"manche/grader/proof"
	"manche/grader/sandbox"
)

// series are the tries that are left to be made: those of the grader first, by
// themselves, so that nothing of ours is in its way.
type series struct{ verdicts, plain []proof.Try }

// notebook keeps trials; a proof.Journal is one.
type notebook interface {
	Add(proof.Trial) error
	Close() error
}

// forgetful is the notebook of a series that nobody will resume.
type forgetful struct{}

func (forgetful) Add(proof.Trial) error { return nil }
func (forgetful) Close() error          { return nil }

// journal opens the named journal with the trials that it holds, if there is a
// name.
func (p *program) journal(name string, now proof.Conditions) ([]proof.Trial, notebook, error) {
	if name == "" {
		return nil, forgetful{}, nil
	}
	j, trials, err := proof.OpenJournal(name, now)
	if stale := (*proof.StaleError)(nil); errors.As(err, &stale) {
		return nil, nil, p.usage("cli.detection.stale", "file", name, "had", stale.Had, "now", stale.Now)
	} else if err != nil {
		return nil, nil, err
	}
	return trials, j, nil
}

// tryAll makes tries, keeps each as it comes, and returns them.
func (p *program) tryAll(ctx context.Context, s series, keep notebook) ([]proof.Trial, error) {
	progress := figures.NewProgress(p.err, isTerminal(p.err), p.voice(), "cli.detection.progress", len(s.verdicts)+len(s.plain))
	defer progress.End()
	var made []proof.Trial
	done := func(t proof.Trial) error {
		made = append(made, t)
		progress.Step()
		return keep.Add(t)
	}
	if err := p.tryVerdicts(ctx, s.verdicts, done); err != nil {
		return nil, err
	}
	return made, p.tryPlain(ctx, s.plain, done)
}

func (p *program) tryVerdicts(ctx context.Context, tries []proof.Try, done func(proof.Trial) error) error {
	if len(tries) == 0 {
		return nil
	}
	catalog, err := p.catalog()
	if err != nil {
		return err
	}
	j, err := p.openJudging(ctx, catalog, sandbox.Config{})
	if err != nil {
		return err
	}
	defer j.close()
	if err := j.PrepareLinker(ctx); err != nil {
		return err
	}
	j.Warm(runtime.NumCPU())
	return proof.Detect(ctx, j, tries, runtime.NumCPU(), done)
}

func (p *program) tryPlain(ctx context.Context, tries []proof.Try, done func(proof.Trial) error) error {
	if len(tries) == 0 {
		return nil
	}
	plain, err := detection.BuildPlain(ctx, programsOf(tries))
	if err != nil {
		return err
	}
	defer plain.Close()
	return proof.Each(ctx, tries, detection.PlainWorkers, plain.Try, done)
}

// programsOf lists the programs of tries, each once.
func programsOf(tries []proof.Try) []proof.Program {
	var programs []proof.Program
	seen := make(map[string]bool)
	for _, try := range tries {
		if !seen[try.Program.Name] {
			seen[try.Program.Name] = true
			programs = append(programs, try.Program)
		}
	}
	return programs
}
