package lessons

import (
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"html"
	"slices"
	"strings"

	gm "github.com/yuin/goldmark/ast"
)

// What a program may be expected to come to.
var expectations = []string{"output", "race", "leak", "deadlock", "panic"}

// fence is a block of code.
type fence struct {
	language string // go, text or sh
	run      bool
	expect   string // of a runnable program
	code     string
	line     int // of the opening fence
	box      *box
	runnable *Runnable // once the page is built
}

// label names the block in both languages.
func (f *fence) label() string {
	if f.run {
		return "```go run expect=" + f.expect
	}
	return "```" + f.language
}

// html returns the block as HTML.
func (f *fence) html() string {
	code := html.EscapeString(f.code)
	if f.language == "go" {
		code = Highlight(f.code)
	}
	return `<pre tabindex="0"><code class="language-` + html.EscapeString(f.language) + `">` + code + "</code></pre>\n"
}

// fence checks a block of code and gives it its final form.
func (d *draft) fence(n *gm.FencedCodeBlock) {
	f := &fence{line: d.fenceLine(n), code: string(n.Lines().Value(d.text))}
	d.info(f, n)
	if f.language == "go" {
		d.checkGo(f)
	}
	if !d.closed(n) {
		d.report(f.line, keyCodeUnclosed)
	}
	f.box = &box{kind: boxCode, line: f.line, code: f, open: f.html()}
	f.box.replace(n)
	d.fences = append(d.fences, f)
}

// fenceLine returns the line of the opening fence.
func (d *draft) fenceLine(n *gm.FencedCodeBlock) int {
	if n.Info != nil {
		return d.line(n.Info.Segment.Start)
	}
	return d.lineOf(n)
}

// info reads the words after the fence: a closed list.
func (d *draft) info(f *fence, n *gm.FencedCodeBlock) {
	var words []string
	if n.Info != nil {
		words = strings.Fields(string(n.Info.Segment.Value(d.text)))
	}
	if len(words) == 0 || !slices.Contains([]string{"go", "text", "sh"}, words[0]) {
		f.language = "text"
		d.report(f.line, keyCodeLanguage, "language", strings.Join(words, " "))
		return
	}
	f.language = words[0]
	for _, word := range words[1:] {
		expect, isExpect := strings.CutPrefix(word, "expect=")
		switch {
		case word == "run" && f.language == "go" && !f.run:
			f.run, f.expect = true, expectations[0]
		case !isExpect || !f.run:
			d.report(f.line, keyCodeInfo, "word", word)
		case !slices.Contains(expectations, expect):
			d.report(f.line, keyCodeExpect, "value", expect)
		default:
			f.expect = expect
		}
	}
}

// checkGo reports Go that does not parse, is not formatted, or cannot run.
func (d *draft) checkGo(f *fence) {
	last := strings.Count(strings.TrimSuffix(f.code, "\n"), "\n") + 1 // what lacks its end is found missing after it
	formatted, err := format.Source([]byte(f.code))
	if err != nil {
		line, text := firstError(err)
		d.report(f.line+min(line, last), keyCodeSyntax, "error", text)
		return
	}
	if at, _, _ := differing(f.code, string(formatted)); at > 0 {
		d.report(f.line+min(at, last), keyCodeFormat)
	}
	if f.run && !isProgram(f.code) {
		d.report(f.line, keyCodeMain)
	}
}

// firstError returns the line of the first syntax error within the code, and
// its text.
func firstError(err error) (int, string) {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Pos.Line, list[0].Msg
	}
	return 1, err.Error()
}

// isProgram reports whether the code is a package main with a func main.
func isProgram(code string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", code, parser.SkipObjectResolution)
	if err != nil || file.Name.Name != "main" {
		return false
	}
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv == nil && f.Name.Name == "main"
	})
}

// packageName returns the package of a complete Go file, or "".
func packageName(code string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", code, parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

// closed reports whether the block has its closing fence: without one it runs
// to the end of the text that it stands in.
func (d *draft) closed(n *gm.FencedCodeBlock) bool {
	last := d.fenceLine(n) - d.first + n.Lines().Len() + 1
	if last >= len(d.starts) {
		return false
	}
	line, _, _ := strings.Cut(string(d.text[d.starts[last]:]), "\n")
	line = strings.TrimLeft(line, " \t>")
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}

// bare returns the code as its tokens without comments, with every string and
// character literal made the same: what both languages must share.
func (f *fence) bare() string {
	if f.language != "go" {
		return ""
	}
	var b strings.Builder
	for _, t := range scan(f.code) {
		switch t.class {
		case "comment":
		case "string":
			b.WriteString(`"" `)
		default:
			b.WriteString(t.text + " ")
		}
	}
	return b.String()
}
