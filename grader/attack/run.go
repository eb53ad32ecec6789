package attack

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"manche/grader/sandbox"
)

// Outcome is what was expected of an attack or a forgery and what was got, each
// in a few stable words of no language. Got has the faults, if there are any.
type Outcome struct {
	Name          string
	Expected, Got string
	Faults        []string // what was not as it ought to be: nothing when it was held
	Output        []byte   // of a program that was not held
}

// Held reports whether all was as it ought to be.
func (o Outcome) Held() bool { return len(o.Faults) == 0 }

// runner runs programs; a sandbox.Backend is one.
type runner interface {
	Run(context.Context, sandbox.Program) (sandbox.Result, error)
}

// Run runs an attack. The program finds mark, by which it can be found, after its
// arguments. An error is the sandbox's, which could not run it at all.
func (a Attack) Run(ctx context.Context, r runner, p Programs, mark string) (Outcome, error) {
	outcomes := make([]Outcome, max(a.atOnce, 1))
	group, ctx := errgroup.WithContext(ctx)
	for i := range outcomes {
		group.Go(func() (err error) {
			outcomes[i], err = a.once(ctx, r, p, mark)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return Outcome{}, fmt.Errorf("running the attack %q: %w", a.Name, err)
	}
	if i := slices.IndexFunc(outcomes, func(o Outcome) bool { return !o.Held() }); i >= 0 {
		return outcomes[i], nil
	}
	return outcomes[0], nil
}

func (a Attack) once(ctx context.Context, r runner, p Programs, mark string) (Outcome, error) {
	env := []string{"ONLY=this"}
	if strings.HasSuffix(a.program, "-race") {
		env = []string{"GORACE=atexit_sleep_ms=0 log_path=/tmp/race"}
		if a.unlogged {
			env = []string{"GORACE=atexit_sleep_ms=0"}
		}
	}
	res, err := r.Run(ctx, sandbox.Program{
		Path: p.Path(a.program), Args: append(slices.Clone(a.args), mark), Env: env, Limits: a.limits,
	})
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{Name: a.Name, Expected: ending(a.stop, a.code, a.signal), Got: ending(res.Stop, res.ExitCode, res.Signal)}
	faults := a.faults(res)
	if a.or != "" {
		o.Expected += " or " + ending(a.or, a.code, a.signal)
	}
	if o.Got != ending(a.stop, a.code, a.signal) && (a.or == "" || res.Stop != a.or) {
		o.Faults = []string{fmt.Sprintf("%s, want %s", o.Got, o.Expected)}
	}
	o.Faults = append(o.Faults, faults...)
	o.Got = strings.Join(append([]string{o.Got}, faults...), ", ")
	if !o.Held() {
		o.Output = res.Output
	}
	return o, nil
}

// ending says in a word or two how a program ended.
func ending(s sandbox.Stop, code int, signal string) string {
	switch s {
	case sandbox.Exited:
		return fmt.Sprintf("%s %d", s, code)
	case sandbox.Signaled:
		return fmt.Sprintf("%s %s", s, signal)
	}
	return string(s)
}

// escaped begins each line of an attack about something that it got through.
const escaped = "ESCAPED "

// faults lists what is wrong besides the end.
func (a Attack) faults(res sandbox.Result) []string {
	var found []string
	for line := range bytes.Lines(res.Output) {
		if what, ok := bytes.CutPrefix(line, []byte(escaped)); ok {
			found = append(found, "escaped "+string(bytes.TrimSpace(what)))
		}
	}
	for _, s := range a.has {
		if !bytes.Contains(res.Output, []byte(s)) {
			found = append(found, fmt.Sprintf("no %q", s))
		}
	}
	if a.atMost > 0 && res.PeakMemory > a.atMost {
		found = append(found, fmt.Sprintf("memory %d MB > %d", res.PeakMemory/mb, a.atMost/mb))
	}
	if limit := a.limits.Memory; res.Stop == sandbox.MemoryLimit && res.PeakMemory < limit*9/10 {
		found = append(found, fmt.Sprintf("memory %d MB < %d", res.PeakMemory/mb, limit/mb))
	}
	return found
}
