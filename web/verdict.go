package web

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"manche/content"
	"manche/exercises"
	"manche/grader"
	"manche/lessons"
	"manche/web/store"
	"manche/web/view"
)

// verdictView puts a stored verdict on the learner's own lines.
func (s *Server) verdictView(ex *exercises.Exercise, sub store.Submission, lang content.Lang) (*view.Verdict, error) {
	var v grader.Verdict
	if err := json.Unmarshal(sub.Verdict, &v); err != nil {
		return nil, fmt.Errorf("reading the verdict of %s: %w", sub.ID, err)
	}
	prose := s.prose[proseKey{ex.Slug, lang}]
	out := &view.Verdict{
		ID: sub.ID, Outcome: string(v.Outcome), Axes: s.axes(&v, lang), Runs: v.Runs.Count, Receipt: s.receiptView(&v, lang),
	}
	out.Findings, out.Remarks = findingsView(v.Findings, sub.Files, prose.explain, lang)
	for _, c := range v.Checks {
		out.Checks = append(out.Checks, view.CheckResult{Name: c.Name, Outcome: string(c.Outcome), Runs: c.Runs, FailedRuns: c.FailedRuns})
	}
	if v.Outcome == grader.Passed {
		out.Right, out.Next = prose.right, s.following(ex, lang)
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
func findingsView(all []grader.Finding, files map[string]string, explain map[string]view.HTML, lang content.Lang) (faults, remarks []view.Finding) {
	given := make(map[view.HTML]bool)
	for _, f := range all {
		seen := findingView(f, files, explain, lang)
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
		Text: f.Text[string(lang)], Check: f.Check, Evidence: f.Evidence,
		Quote: quote(files[f.File], f.Line), Explain: explain[string(f.Kind)],
	}
	if f.Axis == grader.Concurrent {
		out.Kind = string(f.Axis) // right results that come one after the other are not wrong ones
	}
	if known, ok := explain[f.Resembles]; ok && f.Resembles != "" {
		out.Explain = known
	}
	for _, g := range f.Goroutines {
		out.Goroutines = append(out.Goroutines, view.Goroutine{
			Text: g.Text[string(lang)], Count: g.Count, Quote: quoteLine(files[g.At.File], g.At.Line),
		})
	}
	return out
}

// quoteLine is one line of a file, in colour; nil when the file does not have it.
func quoteLine(src string, line int) []view.CodeLine {
	for _, l := range quote(src, line) {
		if l.Hit {
			l.Code, l.Hit = view.HTML(strings.TrimLeft(string(l.Code), "\t ")), false
			return []view.CodeLine{l}
		}
	}
	return nil
}

// around is how many lines a quotation shows on either side of the faulty one:
// enough to find it again, few enough to read at a glance.
const around = 2

// quote cuts the lines around a place out of a file, in colour; nil when the
// file does not have that line.
func quote(src string, line int) []view.CodeLine {
	lines := strings.Split(strings.TrimRight(lessons.Highlight(src), "\n"), "\n")
	if line < 1 || line > len(lines) {
		return nil
	}
	first, last := max(1, line-around), min(len(lines), line+around)
	margin := indentation(lines[first-1 : last])
	var out []view.CodeLine
	for n := first; n <= last; n++ {
		code := strings.TrimPrefix(lines[n-1], margin)
		out = append(out, view.CodeLine{Number: n, Code: view.HTML(code), Hit: n == line})
	}
	return out
}

// indentation returns the white space that all lines begin with. Empty lines do
// not count, and markup ends it: a line that begins inside a literal is left
// whole.
func indentation(lines []string) string {
	common, found := "", false
	for _, l := range lines {
		code := strings.TrimLeft(l, " \t")
		if code == "" {
			continue
		}
		indent := l[:len(l)-len(code)]
		if !found {
			common, found = indent, true
		}
		for !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
	}
	return common
}

// noBreakIn finds the first no-break space of the files, which pasted prose
// brings along and nobody sees.
func noBreakIn(names []string, files map[string]string) *view.Place {
	for _, name := range names {
		if i := strings.IndexAny(files[name], "\u00a0\u202f"); i >= 0 {
			return &view.Place{File: name, Line: 1 + strings.Count(files[name][:i], "\n")}
		}
	}
	return nil
}

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
