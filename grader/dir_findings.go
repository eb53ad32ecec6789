package grader

import (
	"errors"
	"path"
	"regexp"
	"strings"

	"manche/grader/build"
	"manche/grader/policy"
	"manche/grader/report"
)

// allAsleep is what the runtime says when a program can do no more
// (runtime/proc.go, Go 1.26).
const allAsleep = "all goroutines are asleep - deadlock!"

// tooManyGoroutines matches the last words of the race detector when there are
// more goroutines than it has room for; how many that is depends on the platform.
var tooManyGoroutines = regexp.MustCompile(`race: limit on (\d+) simultaneously alive goroutines is exceeded, dying`)

// died reads a check that took the process down. The end of a synctest bubble in
// a subtest does, since nobody is there to catch its panic: it is read like one
// that was caught.
func (j *judgement) died(a attempt) []Finding {
	p, ok := report.LastPanic(a.Output)
	if !ok || !strings.HasPrefix(p.Value, bubbleLeft) && !strings.HasPrefix(p.Value, bubbleBlocked) {
		return []Finding{j.death(a.death, a.Output)}
	}
	a.Panic, a.Left = p.Value, a.Output[strings.LastIndex(a.Output, "panic: "+p.Value):]
	if strings.HasPrefix(p.Value, bubbleBlocked) {
		return []Finding{j.deadlock(a)}
	}
	return j.leaks(a)
}

// unplaced is the finding on goroutines that are none of the author's own code.
// In real code it is mostly something that was opened and not closed, so it names
// the function of the library that started one of them.
func (j *judgement) unplaced(a attempt) Finding {
	left := j.left(a)
	if !j.inPlace || len(left) == 0 || left[0].Created.Function == "" {
		return finding(KindLeak, "leak.unplaced", Place{}, nil)
	}
	f := finding(KindLeak, "leak.library", Place{}, map[string]string{"function": path.Base(left[0].Created.Function)})
	f.Evidence = evidenceOf(left[0])
	return f
}

// lastWords is the end of what a program printed, where it may say why it ended.
func lastWords(output string) string {
	const enough = 2 << 10
	return strings.TrimSpace(strings.ToValidUTF8(output[max(0, len(output)-enough):], ""))
}

// unloadable is the verdict on a folder that cannot be judged as it is. The
// error is us, where the fault is none of the package's.
func (j *judgement) unloadable(err error) (*Verdict, error) {
	fault := (*build.SourceError)(nil)
	switch {
	case errors.Is(err, build.ErrNoModule):
		return j.misloaded(policy.Complaint{Key: "build.no_module"}), nil
	case !errors.As(err, &fault):
		return nil, err
	case fault.Limit:
		return j.misloaded(policy.Complaint{Key: "build.limit"}), nil
	}
	said := strings.TrimSpace(string(fault.Output))
	complaints := j.complaints(said)
	if len(complaints) == 0 {
		complaints = []policy.Complaint{{Key: "build.command", Params: map[string]string{"message": firstLine(said)}}}
	}
	v := j.misloaded(complaints...)
	v.Findings[0].Evidence = lastWords(said)
	return v, nil
}

// misloaded is the verdict on a package that cannot be built.
func (j *judgement) misloaded(list ...policy.Complaint) *Verdict {
	return j.refused(policy.Result{Errors: list})
}

// maxFaults is how many errors of the go command are worth reading.
const maxFaults = 10

// complaints reads the errors of the go command that stand in the package's own
// files.
func (j *judgement) complaints(said string) []policy.Complaint {
	var list []policy.Complaint
	for _, d := range report.Diagnostics(inFolder(said)) {
		if j.mine(d.File) && len(list) < maxFaults {
			list = append(list, policy.Complaint{
				Key: "build.types", Params: map[string]string{"message": d.Message}, File: d.File, Line: d.Line, Column: d.Column,
			})
		}
	}
	return list
}

// inFolder keeps the lines that do not begin with a path to another folder.
func inFolder(said string) string {
	var b strings.Builder
	for line := range strings.Lines(said) {
		file, _, _ := strings.Cut(strings.TrimPrefix(line, "./"), ":")
		if !strings.Contains(file, "/") {
			b.WriteString(strings.TrimPrefix(line, "./"))
		}
	}
	return b.String()
}

// firstLine is the first line of what the go command said that is not the name
// of a package.
func firstLine(said string) string {
	for line := range strings.Lines(said) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return said
}
