package lessons

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"manche/content"
	"manche/exercises"
)

// Ran is what one trial of a program showed, which may have run it several times.
type Ran struct {
	Refused bool     // it was not built, for what Found says
	Found   []Found  // the errors, most instructive first
	Outputs []string // what each run printed; none where nothing ran
	Said    string   // all this in a few words, for the program's author
}

// Found is an error in a program.
type Found struct {
	Kind string // race, leak, deadlock, panic or any other
	Line int    // of the program, or 0
}

// Runner runs a program, given as the source of its one file. It says what came of
// each of some trials, at least one, and fails only for reasons of its own. It is
// called by several goroutines at once.
type Runner interface {
	Run(ctx context.Context, program string) ([]Ran, error)
}

// Programs lists the programs of all pages that are fit to run.
func (c *Course) Programs() []*Runnable {
	var list []*Runnable
	for _, l := range c.lessons {
		for _, lang := range content.Langs {
			if page := l.Pages[lang]; page != nil {
				list = append(list, page.Runnables...)
			}
		}
	}
	return slices.DeleteFunc(list, func(r *Runnable) bool { return !isProgram(r.Code) })
}

// Prove runs every program of the course, so many at a time, and lists those that
// do something else than their pages say, in the order of the pages. An error is the
// runner's, and ends it.
func (c *Course) Prove(ctx context.Context, r Runner, workers int) ([]exercises.Defect, error) {
	programs := c.Programs()
	found := make([][]exercises.Defect, len(programs))
	group, inGroup := errgroup.WithContext(ctx)
	group.SetLimit(max(1, workers))
	for i, p := range programs {
		if inGroup.Err() != nil {
			break
		}
		group.Go(func() error {
			trials, err := r.Run(inGroup, p.Code)
			if err != nil {
				return fmt.Errorf("running the program at %s:%d: %w", p.file, p.line, err)
			}
			found[i] = p.disputed(trials)
			return nil
		})
	}
	if err := cmp.Or(group.Wait(), ctx.Err()); err != nil {
		return nil, err
	}
	return slices.Concat(found...), nil
}

// disputed is the first thing in which the trials are not what the page says.
func (r *Runnable) disputed(trials []Ran) []exercises.Defect {
	for _, check := range []func([]Ran) (objection, bool){r.unbuilt, r.unlike, r.unprinted} {
		if o, ok := check(trials); ok {
			o.params = append(o.params, "times", strconv.Itoa(len(trials)))
			return []exercises.Defect{defect(r.file, o.line, o.key, o.params...)}
		}
	}
	return nil
}

// objection is what a program's author is told.
type objection struct {
	key    string
	line   int
	params []string
}

// unbuilt objects to a program that is refused.
func (r *Runnable) unbuilt(trials []Ran) (objection, bool) {
	n, at, said := r.count(trials, func(t Ran) bool { return t.Refused })
	return objection{keyRunRefused, at, []string{"got", said}}, n > 0
}

// unlike objects to a program that comes to another end than it is said to.
func (r *Runnable) unlike(trials []Ran) (objection, bool) {
	key, expected := keyRunMissing, func(f Found) bool { return f.Kind == r.Expect }
	wrong := func(t Ran) bool { return !slices.ContainsFunc(t.Found, expected) }
	if r.Expect == expectations[0] {
		key, wrong = keyRunFound, func(t Ran) bool { return len(t.Found) > 0 }
	}
	n, at, said := r.count(trials, wrong)
	if key == keyRunMissing {
		at = r.line
	}
	return objection{key, at, []string{"n", strconv.Itoa(n), "want", r.Expect, "got", said}}, n > 0
}

// count counts trials, and tells where they point and what they say.
func (r *Runnable) count(trials []Ran, wrong func(Ran) bool) (n, line int, said string) {
	line = r.line
	var list []string
	for _, t := range trials {
		if !wrong(t) {
			continue
		}
		n++
		for _, f := range t.Found {
			if line == r.line {
				line += f.Line
			}
		}
		if !slices.Contains(list, t.Said) {
			list = append(list, t.Said)
		}
	}
	return n, line, strings.Join(list, "; ")
}

// unprinted objects to a program that prints something else than the page shows, or
// nothing.
func (r *Runnable) unprinted(trials []Ran) (objection, bool) {
	if r.Expect != expectations[0] {
		return objection{}, false
	}
	for _, t := range trials {
		for _, output := range t.Outputs {
			switch {
			case r.prints == nil && strings.TrimSpace(output) == "":
				return objection{keyRunSilent, r.line, nil}, true
			case r.prints != nil:
				if i, want, got := differing(r.prints.code, output); i > 0 {
					return objection{keyRunOutput, r.prints.line + i, []string{"want", want, "got", got}}, true
				}
			}
		}
	}
	return objection{}, false
}

// differing is the first line, from 1, in which two texts differ but for the line
// feed at their end, and what stands there in each; 0 where they do not.
func differing(want, got string) (i int, a, b string) {
	left, right := strings.Split(strings.TrimSuffix(want, "\n"), "\n"), strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	for i := range max(len(left), len(right)) {
		a, b := lineAt(left, i), lineAt(right, i)
		if a != b || i >= len(left) || i >= len(right) {
			return i + 1, a, b
		}
	}
	return 0, "", ""
}

// lineAt is a line, from 0; beyond the end, nothing.
func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	return lines[i]
}
