package grader

import (
	"context"
	"fmt"
	"runtime"

	"manche/exercises"
	"manche/grader/build"
	"manche/grader/policy"
	"manche/grader/vet"
)

// Diagnose tells what a verdict would say of the text alone: syntax and type
// errors, what is not allowed, and otherwise the remarks of static analysis, by
// the same means and in the order of the source. Nothing is built and nothing
// runs, so that it takes milliseconds. That the checks can still call the code is
// for the compiler to say. As many are read at once as there are processors,
// apart from what is being judged; the others wait. The findings are not put into
// words yet, and belong to the caller. The error is as of [Grader.Judge].
func (g *Grader) Diagnose(ctx context.Context, sub Submission) ([]Finding, error) {
	ex, err := g.task(sub)
	if err != nil {
		return nil, err
	}
	j := g.judgement(ex, sub.Tests != nil, sub.Seed)
	var from *imports
	select {
	case from = <-g.importers:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { g.importers <- from }()
	list, err := j.diagnose(ctx, sub.Files, from)
	if err != nil {
		return nil, fmt.Errorf("reading a submission to %q: %w", ex.Slug, err)
	}
	return list, nil
}

func (j *judgement) diagnose(ctx context.Context, files map[string][]byte, from *imports) ([]Finding, error) {
	rules, err := j.rulesWith(from)
	if err != nil {
		return nil, err
	}
	result, err := j.held(files, rules, from)
	if err != nil {
		return nil, err
	}
	if result.Package == nil {
		_, list := faults(result)
		return list, nil
	}
	if err := ctx.Err(); err != nil { // somebody who types on wants no remarks
		return nil, err
	}
	return j.warnings(vet.Remarks(result.Package)), nil
}

// rulesWith is [judgement.rules] for whoever does not hold g.mu.
func (j *judgement) rulesWith(from *imports) (policy.Rules, error) {
	if j.ex.Kind == exercises.Test { // the others wait for nobody
		j.g.mu.Lock()
		defer j.g.mu.Unlock()
	}
	return j.rules(from)
}

// rules are what the submission is held against. Where that is a test, the caller
// holds g.mu.
func (j *judgement) rules(from *imports) (policy.Rules, error) {
	r := policy.Rules{Package: j.ex.Package, Files: j.ex.Editable, Imports: j.ex.Imports, Importer: from, Own: j.own}
	if j.ex.Kind == exercises.Test {
		prepared, err := j.g.implementationsOf(j.ex)
		if err != nil {
			return r, err
		}
		r.Tests, r.Beside = true, prepared[0].Given()
	}
	return r, nil
}

// newImporters makes an importer for each processor.
func newImporters(archives *build.Archives) chan *imports {
	n := runtime.GOMAXPROCS(0)
	all := make(chan *imports, n)
	for range n {
		all <- newImports(archives.Open)
	}
	return all
}
