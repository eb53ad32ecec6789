package web

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"manche/content"
	"manche/grader"
	"manche/grader/sandbox"
	"manche/web/view"
)

// ranView puts what came of a run into words, with the ids of its findings
// beginning with prefix.
func (s *Server) ranView(lang content.Lang, prefix string, files map[string]string, ran *grader.Ran) view.Ran {
	v := ran.Verdict
	out := view.Ran{
		Prefix: prefix, Outcome: string(v.Outcome), Runs: v.Runs.Count, Exit: -1,
		Unchecked: view.Verdict{Axes: s.axes(v, lang)}.Unchecked(),
	}
	if v.Outcome == grader.Refused {
		out.Unchecked = nil // nothing ran, for the reason that is told
	}
	if ran.End.Stop == sandbox.Exited {
		out.Exit = ran.End.ExitCode
	}
	out.Findings, out.Remarks = findingsView(v.Findings, files, exerciseProse{}, lang)
	for _, list := range [][]view.Finding{out.Findings, out.Remarks} {
		for i := range list {
			list[i].Check = "" // there is but one, and it is nobody's check
		}
	}
	for _, ms := range v.TimingsMS {
		out.Milliseconds += int(ms)
	}
	out.Sentence = s.ranSentence(lang, out)
	return out
}

// ranSentence says in one sentence what came of a run.
func (s *Server) ranSentence(lang content.Lang, r view.Ran) string {
	say := s.shell(lang, "", "").Say
	var found []string
	for _, f := range r.Findings {
		name := say("web.found." + f.Kind)
		first, size := utf8.DecodeRuneInString(name)
		name = string(unicode.ToLower(first)) + name[size:]
		if f.Line > 0 {
			name = say("web.run.at", "what", name, "file", f.File, "line", f.Line)
		}
		found = append(found, name)
	}
	return say("web.run."+r.Outcome, "n", max(1, r.Runs), "found", strings.Join(found, say("web.run.and")))
}

// ranFragment returns a result as the page shows it: in one sentence, and whole.
func (s *Server) ranFragment(lang content.Lang, prefix string, files map[string]string, ran *grader.Ran) (sentence, html string, err error) {
	model := s.ranView(lang, prefix, files, ran)
	body, err := s.render(context.Background(), view.RanFragment(s.shell(lang, "", ""), model))
	return model.Sentence, string(body), err
}
