package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/web/store"
	"manche/web/view"
)

// verdictView puts a stored verdict on the learner's own lines.
func (s *Server) verdictView(ex *exercises.Exercise, sub store.Submission, lang content.Lang) (*view.Verdict, error) {
	var v grader.Verdict
	if err := json.Unmarshal(sub.Verdict, &v); err != nil {
		return nil, fmt.Errorf("reading the verdict of %s: %w", sub.ID, err)
	}
	s.speak(&v)
	prose := s.prose[proseKey{ex.Slug, lang}]
	out := &view.Verdict{
		ID: sub.ID, Outcome: string(v.Outcome), Axes: s.axes(&v, lang), Runs: v.Runs.Count, Receipt: s.receiptView(&v, lang),
	}
	out.Findings, out.Remarks = findingsView(v.Findings, sub.Files, prose, lang)
	for _, c := range v.Checks {
		out.Checks = append(out.Checks, view.CheckResult{Name: c.Name, Outcome: string(c.Outcome), Runs: c.Runs, FailedRuns: c.FailedRuns})
	}
	if v.Outcome == grader.Passed {
		out.Right, out.Next = rightsView(ex, prose.right, sub.Files), s.following(ex, lang)
		if l, ok := s.Course.Lesson(ex.Lesson); ok {
			out.Lesson = lessonLink(l, lang)
		}
	}
	if v.Axes[grader.Builds].State == grader.AxisFailed {
		out.NoBreak = noBreakIn(ex.Editable, sub.Files)
	}
	return out, nil
}

// notAsked is the reason of an axis that the exercise leaves out: there is
// nothing to tell a learner about it.
const notAsked = "not_asked"

// axes lists the axes that the exercise asks for, in their usual order.
func (s *Server) axes(v *grader.Verdict, lang content.Lang) []view.Axis {
	var out []view.Axis
	for _, axis := range grader.Axes {
		standing, ok := v.Axes[axis]
		if !ok || standing.Reason == notAsked {
			continue
		}
		a := view.Axis{Name: string(axis), State: string(standing.State)}
		if standing.State == grader.AxisNotChecked {
			a.Reason = s.words("reason.", standing.Reason, lang)
		}
		out = append(out, a)
	}
	return out
}

// words says what a code of the grader means, by the sentence below prefix. A
// verdict of another version may know codes that we have no words for; they are
// still told.
func (s *Server) words(prefix, code string, lang content.Lang) string {
	voice := s.Messages.In(lang)
	if s.Messages.Has(prefix + code) {
		return voice.Say(prefix + code)
	}
	return voice.Say(prefix+"other", "code", code)
}

// findingsView puts findings into words, what fails apart from what only warns.
// An explanation is given once, with the first finding that it explains.
func findingsView(all []grader.Finding, files map[string]string, prose exerciseProse, lang content.Lang) (faults, remarks []view.Finding) {
	given := make(map[view.HTML]bool)
	for _, f := range all {
		seen := findingView(f, files, prose.explain, lang)
		seen.Why = prose.why[string(f.Kind)]
		if given[seen.Explain] {
			seen.Explain = ""
		}
		given[seen.Explain] = true
		if seen.Warning {
			remarks = append(remarks, seen)
		} else {
			faults = append(faults, seen)
		}
	}
	return faults, remarks
}

// findingView puts one finding into words, with the learner's line beside it.
// The exercise's own explanation of a known wrong answer goes before the one of
// the kind.
func findingView(f grader.Finding, files map[string]string, explain map[string]view.HTML, lang content.Lang) view.Finding {
	out := view.Finding{
		Kind: string(f.Kind), Warning: f.Severity == grader.SeverityWarning,
		Place: view.Place{File: f.File, Line: f.Line}, Column: f.Column,
		Text: f.Text[string(lang)], Key: f.Key, Check: f.Check, Evidence: f.Evidence,
		Quote: quote(files[f.File], f.Line), Explain: explain[string(f.Kind)],
	}
	if f.Axis == grader.Concurrent {
		out.Kind = string(f.Axis) // right results that come one after the other are not wrong ones
	}
	if known, ok := explain[f.Resembles]; ok && f.Resembles != "" {
		out.Explain = known
	}
	out.Possible = strings.HasPrefix(f.Key, "deadlock.order")
	out.Sides = f.Kind == grader.KindRace && twoSides(f.Goroutines, files)
	out.Goroutines = goroutinesView(f, files, out.Sides, lang)
	return out
}

// twoSides reports whether two goroutines are at two places of the files.
func twoSides(all []grader.Goroutine, files map[string]string) bool {
	if len(all) != 2 || placeOf(all[0]) == placeOf(all[1]) {
		return false
	}
	return !slices.ContainsFunc(all, func(g grader.Goroutine) bool { return quote(files[g.At.File], g.At.Line) == nil })
}

// goroutinesView puts the goroutines of a finding into words. Sides come with
// the lines around theirs; others with their own line, unless it has been shown.
func goroutinesView(f grader.Finding, files map[string]string, sides bool, lang content.Lang) []view.Goroutine {
	shown := map[view.Place]bool{{File: f.File, Line: f.Line}: true}
	var out []view.Goroutine
	for _, g := range f.Goroutines {
		seen := view.Goroutine{
			Place: placeOf(g), Does: g.Does, Text: g.Text[string(lang)], Count: g.Count, WaitsFor: g.WaitsFor,
		}
		switch {
		case sides:
			seen.Quote = quote(files[g.At.File], g.At.Line)
		case !shown[seen.Place]:
			seen.Quote = quoteLine(files[g.At.File], g.At.Line)
		}
		shown[seen.Place] = true
		out = append(out, seen)
	}
	return out
}

func placeOf(g grader.Goroutine) view.Place { return view.Place{File: g.At.File, Line: g.At.Line} }

// receiptView returns what it takes to repeat a verdict.
func (s *Server) receiptView(v *grader.Verdict, lang content.Lang) view.Receipt {
	procs := make([]string, len(v.Runs.GOMAXPROCS))
	for i, n := range v.Runs.GOMAXPROCS {
		procs[i] = strconv.Itoa(n)
	}
	r := view.Receipt{
		Toolchain: v.Receipt.Toolchain, Exercise: short(v.Receipt.Exercise), Grader: short(v.Receipt.Grader),
		Recalled: v.Receipt.Recalled,
		Sandbox:  v.Receipt.Sandbox, Procs: strings.Join(procs, ", "),
	}
	for _, code := range v.Receipt.Lacks {
		r.Lacks = append(r.Lacks, s.words("lack.", code, lang))
	}
	if v.Runs.Seed != 0 {
		r.Seed = strconv.FormatUint(v.Runs.Seed, 10)
	}
	var total float64
	for _, ms := range v.TimingsMS {
		total += ms
	}
	if total > 0 {
		r.Milliseconds = fmt.Sprintf("%.0f ms", total)
	}
	return r
}

// short cuts a hash to what people compare; the whole stands in the JSON.
func short(hash string) string { return hash[:min(len(hash), 12)] }
