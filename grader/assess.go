package grader

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/report"
	"manche/grader/vet"
)

// Reasons why an axis was not checked, as keys below "reason.".
const (
	reasonRefused    = "refused"          // nothing ran
	reasonNotBuilt   = "not_built"        // nothing to run
	reasonNotAsked   = "not_asked"        // the exercise does not ask for it
	reasonNoDetector = "no_race_detector" // not on this machine
	reasonUnfinished = "unfinished"       // some check did not come to its end
)

// verdict returns one with everything in it that does not depend on what was
// found. Every axis stands as not checked.
func (j *judgement) verdict(outcome Outcome, reason string) *Verdict {
	v := &Verdict{
		Version: Version, Exercise: j.ex.Slug, Outcome: outcome,
		Axes:     make(map[Axis]Standing, len(Axes)),
		Checks:   []Check{},
		Runs:     Runs{GOMAXPROCS: []int{j.processors}, Seed: j.seed},
		Findings: []Finding{},
		Receipt: Receipt{
			Toolchain: j.g.config.Toolchain.Version, Exercise: j.ex.Revision, Grader: Revision(),
			Sandbox: string(j.g.config.Sandbox.Tier()), Lacks: append([]string{}, j.g.config.Sandbox.Lacks()...),
		},
		TimingsMS: make(map[string]float64, len(j.timings)),
	}
	for _, axis := range Axes {
		v.Axes[axis] = Standing{AxisNotChecked, reason}
	}
	if len(j.ex.Concurrent) == 0 {
		v.Axes[Concurrent] = Standing{AxisNotChecked, reasonNotAsked}
	}
	for stage, took := range j.timings {
		v.TimingsMS[stage] = float64(took.Microseconds()) / 1000
	}
	return v
}

// refused is the verdict on a submission that the policy does not let through.
func (j *judgement) refused(result policy.Result) *Verdict {
	kind, list := faults(result)
	reason := reasonRefused
	if kind == KindBuild {
		reason = reasonNotBuilt
	}
	v := j.verdict(Refused, reason)
	if kind == KindBuild {
		v.Axes[Builds] = Standing{State: AxisFailed}
	}
	v.Findings = append(v.Findings, list...)
	return v
}

// faults are the findings on a submission that is not let through, which are all
// of one kind: what is not allowed comes before what does not compile.
func faults(result policy.Result) (Kind, []Finding) {
	kind, complaints := KindPolicy, result.Refusals
	if len(complaints) == 0 {
		kind, complaints = KindBuild, result.Errors
	}
	var list []Finding
	for _, c := range complaints {
		list = append(list, finding(kind, c.Key, Place{c.File, c.Line, c.Column}, c.Params))
	}
	return kind, list
}

// misbuilt is the verdict on a submission that the compiler does not take:
// mostly one whose functions are not those that the checks call.
func (j *judgement) misbuilt(program *harness.Program, fault *build.SourceError) *Verdict {
	v := j.verdict(Refused, reasonNotBuilt)
	v.Axes[Builds] = Standing{State: AxisFailed}
	said := strings.TrimSpace(program.Plain(string(fault.Output)))
	f := j.misfit(program, fault.Limit, said)
	f.Evidence = said
	v.Findings = append(v.Findings, f)
	return v
}

// misfit tells why the program was not built: an error in the learner's file
// that the type checker does not know, or in the checks or what calls for them,
// which use something that is not there as they expect it.
func (j *judgement) misfit(program *harness.Program, limit bool, said string) Finding {
	var file Place
	if len(j.ex.Editable) > 0 {
		file.File = j.ex.Editable[0]
	}
	if limit {
		return finding(KindBuild, "build.limit", file, nil)
	}
	diagnostics := report.Diagnostics(said)
	if len(diagnostics) == 0 {
		line, _, _ := strings.Cut(said, "\n")
		return finding(KindBuild, "build.other", file, map[string]string{"message": line})
	}
	d := diagnostics[0]
	message := map[string]string{"message": d.Message}
	switch {
	case j.mine(d.File):
		return finding(KindBuild, "build.types", Place{d.File, d.Line, d.Column}, message)
	case j.ex.Checks[d.File] != nil, program.Generated(d.File) && !strings.HasPrefix(d.Message, "main."): // which names a symbol
		return finding(KindBuild, "build.contract", file, message)
	}
	return finding(KindBuild, "build.other", file, message)
}

// assess turns the evidence, and what was seen without running, into the verdict.
func (j *judgement) assess(e *evidence, remarks []vet.Remark) *Verdict {
	v := j.verdict(Passed, "")
	v.Checks = e.checks(j.ex.CheckList)
	v.Runs.Count = e.repetitions()
	found := j.findings(e)
	v.Findings = order(append(found, besides(j.warnings(remarks), found)...), j.ex.CheckList)
	v.Axes[Builds] = Standing{State: AxisPassed}
	for _, axis := range []Axis{Correct, RaceFree, LeakFree, Terminates} {
		v.Axes[axis] = j.standing(axis, v.Findings, e.finished(j.ex.CheckList))
	}
	if len(j.ex.Concurrent) > 0 {
		v.Axes[Concurrent] = j.standing(Concurrent, v.Findings, e.finished(j.ex.CheckList))
	}
	v.Outcome = outcome(v)
	return v
}

// besides leaves out the remarks on lines at which something was seen to happen:
// they could only say what might.
func besides(remarks, found []Finding) []Finding {
	var list []Finding
	for _, r := range remarks {
		seen := func(f Finding) bool { return f.File == r.File && f.Line == r.Line }
		if r.Severity == SeverityError || !slices.ContainsFunc(found, seen) {
			list = append(list, r)
		}
	}
	return list
}

// standing is the state of one axis after a run. An axis has passed only if all
// was looked at, to its end.
func (j *judgement) standing(axis Axis, findings []Finding, finished bool) Standing {
	failed := slices.ContainsFunc(findings, func(f Finding) bool {
		return f.Axis == axis && f.Severity == SeverityError
	})
	switch {
	case failed:
		return Standing{State: AxisFailed}
	case axis == RaceFree && !j.g.archives.Race():
		return Standing{AxisNotChecked, reasonNoDetector}
	case !finished:
		return Standing{AxisNotChecked, reasonUnfinished}
	}
	return Standing{State: AxisPassed}
}

// outcome sums the axes up.
func outcome(v *Verdict) Outcome {
	result := Passed
	for _, axis := range Axes {
		switch s := v.Axes[axis]; {
		case s.State == AxisFailed:
			return Failed
		case s.State == AxisNotChecked && s.Reason != reasonNotAsked:
			result = Unproven
		}
	}
	return result
}

// instructive orders kinds: what explains the others comes first.
var instructive = []Kind{KindBuild, KindPolicy, KindPanic, KindRace, KindDeadlock, KindResource, KindTimeout, KindTest, KindLeak, KindVet}

// consequence ranks a goroutine that only waits for others behind those that it
// waits for: they say why.
func consequence(f Finding) int {
	if f.Key == "leak.wait" {
		return 1
	}
	return 0
}

// order sorts findings, most instructive first, then as the checks stand, and
// keeps one of each kind and place.
func order(list []Finding, checks []string) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(instructive, a.Kind), slices.Index(instructive, b.Kind)),
			cmp.Compare(slices.Index(checks, a.Check), slices.Index(checks, b.Check)),
			cmp.Compare(consequence(a), consequence(b)),
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Key, b.Key))
	})
	kept := make([]Finding, 0, len(list))
	for _, f := range list {
		same := func(k Finding) bool {
			return k.Kind == f.Kind && k.Key == f.Key && k.File == f.File && k.Line == f.Line && (f.Line > 0 || k.Check == f.Check)
		}
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, f)
		}
	}
	return kept
}

// finding makes one; a place without a line is left to the file.
func finding(kind Kind, key string, at Place, params map[string]string) Finding {
	f := Finding{Kind: kind, Axis: kind.Axis(), Severity: SeverityError, Place: at, Key: key, Params: params, Goroutines: []Goroutine{}}
	if f.Params == nil {
		f.Params = make(map[string]string)
	}
	if at.Line > 0 {
		f.Params["line"] = strconv.Itoa(at.Line)
	}
	return f
}
