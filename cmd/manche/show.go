package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"manche/grader"
)

// show prints a verdict for a reader at a terminal: the outcome, the axes, the
// findings with the lines they stand on, and what was not checked.
func (p *program) show(v *grader.Verdict, files map[string][]byte) {
	paint := painter(p.out)
	fmt.Fprintf(p.out, "%s: %s\n", printable(v.Exercise), paint(string(v.Outcome), p.say("outcome."+string(v.Outcome))))
	fmt.Fprintln(p.out, p.axes(v, paint))
	for _, f := range v.Findings {
		p.showFinding(f, files, paint)
	}
	p.showUnchecked(v)
	if v.Runs.Count > 0 {
		fmt.Fprintf(p.out, "\n%s\n", p.say("cli.runs", "n", v.Runs.Count, "seed", v.Runs.Seed, "toolchain", v.Receipt.Toolchain, "tier", v.Receipt.Sandbox))
	}
}

// marks show an axis' state to those who do not see colours.
var marks = map[grader.State]string{
	grader.AxisPassed: "✓", grader.AxisFailed: "✗", grader.AxisNotChecked: "–",
}

// axes is the row of axes; one that the exercise does not ask for stays out.
func (p *program) axes(v *grader.Verdict, paint func(string, string) string) string {
	var row []string
	for _, axis := range grader.Axes {
		s := v.Axes[axis]
		if s.Reason == "not_asked" {
			continue
		}
		row = append(row, paint(string(s.State), marks[s.State]+" "+p.say("axis."+string(axis))))
	}
	return "  " + strings.Join(row, "   ")
}

// showFinding prints one finding with the line it stands on.
func (p *program) showFinding(f grader.Finding, files map[string][]byte, paint func(string, string) string) {
	fmt.Fprintln(p.out)
	if f.Line > 0 {
		fmt.Fprintln(p.out, paint("place", fmt.Sprintf("%s:%d", printable(f.File), f.Line)))
		if line := sourceLine(files[f.File], f.Line); line != "" {
			fmt.Fprintf(p.out, "  %4d | %s\n", f.Line, line)
		}
	}
	text := printable(f.Text[p.lang])
	if f.Severity == grader.SeverityWarning {
		text = p.say("cli.remark", "text", text)
	}
	fmt.Fprintln(p.out, wrap(text, lineWidth))
	p.showGoroutines(f)
	if f.Check != "" {
		fmt.Fprintln(p.out, "  "+p.say("cli.in_check", "name", printable(f.Check)))
	}
}

// showGoroutines says what each of several goroutines does, and by their numbers
// who waits for whom.
func (p *program) showGoroutines(f grader.Finding) {
	if len(f.Goroutines) < 2 {
		return
	}
	waits := slices.ContainsFunc(f.Goroutines, func(g grader.Goroutine) bool { return g.WaitsFor > 0 })
	for i, g := range f.Goroutines {
		mark, text := "• ", printable(g.Text[p.lang])
		if waits {
			mark = strconv.Itoa(i+1) + ". "
		}
		if g.Count > 1 {
			text += " " + p.say("web.finding.alike", "n", g.Count)
		}
		if g.WaitsFor > 0 {
			text += " → " + p.waitsFor(f, g)
		}
		indent := "\n  " + strings.Repeat(" ", len([]rune(mark)))
		fmt.Fprintln(p.out, "  "+strings.ReplaceAll(wrap(mark+text, lineWidth-len(indent)), "\n", indent))
	}
}

// waitsFor names whom a goroutine waits for, or would.
func (p *program) waitsFor(f grader.Finding, g grader.Goroutine) string {
	if strings.HasPrefix(f.Key, "deadlock.order") {
		return p.say("web.finding.would", "n", g.WaitsFor)
	}
	return p.say("web.finding.waits", "n", g.WaitsFor)
}

// showUnchecked says what was not looked at, and why.
func (p *program) showUnchecked(v *grader.Verdict) {
	if v.Outcome == grader.Refused {
		return
	}
	axes, reasons := make(map[string][]string), []string{}
	for _, axis := range grader.Axes {
		s := v.Axes[axis]
		if s.State != grader.AxisNotChecked || s.Reason == "not_asked" {
			continue
		}
		if axes[s.Reason] == nil {
			reasons = append(reasons, s.Reason)
		}
		axes[s.Reason] = append(axes[s.Reason], p.say("axis."+string(axis)))
	}
	for _, reason := range reasons {
		said := p.say("cli.not_checked", "axes", strings.Join(axes[reason], ", "), "reason", p.say("reason."+reason))
		fmt.Fprintf(p.out, "\n%s\n", wrap(said, lineWidth))
	}
}

// lineWidth is the width of a paragraph, in characters.
const lineWidth = 78

// maxShown is how much of a line is shown, in characters: two terminal lines.
const maxShown = 160

// sourceLine returns a line of a file as it may be shown, tabs as spaces.
func sourceLine(src []byte, n int) string {
	lines := strings.Split(string(src), "\n")
	if n > len(lines) {
		return ""
	}
	line := []rune(printable(strings.ReplaceAll(strings.TrimRight(lines[n-1], "\r"), "\t", "    ")))
	if len(line) > maxShown {
		line = append(line[:maxShown], '…')
	}
	return string(line)
}

// colours are the SGR codes (ECMA-48) of what is painted.
var colours = map[string]string{
	"passed": "32", "failed": "31", "refused": "31", "unproven": "33", "not_checked": "33", "place": "1",
}

// painter colours text on a terminal, unless NO_COLOR is set (no-color.org).
func painter(out io.Writer) func(kind, text string) string {
	if !isTerminal(out) || os.Getenv("NO_COLOR") != "" {
		return func(_, text string) string { return text }
	}
	return func(kind, text string) string { return "\x1b[" + colours[kind] + "m" + text + "\x1b[0m" }
}

// isTerminal reports whether somebody sits at the other end of a stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nobody, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, nobody)
}

// wrap breaks text at spaces, so that no line has more than width characters;
// a no-break space stays unbroken.
func wrap(text string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") {
		length := len([]rune(word))
		switch {
		case i == 0:
		case column+1+length > width:
			b.WriteByte('\n')
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += length
	}
	return b.String()
}
