package policy

import (
	"bytes"
	"cmp"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"maps"
)

// names holds the file names against the exercise's, and the contents against
// what a source file can be.
func (c *checker) names() {
	want := strings.Join(c.rules.Files, ", ")
	for _, name := range slices.Sorted(maps.Keys(c.pkg.Sources)) {
		src := c.pkg.Sources[name]
		switch {
		case !slices.Contains(c.rules.Files, name):
			c.refuseAt("", 0, 0, "file_name", "name", Printable(name), "want", want)
		case len(src) > MaxFile:
			c.refuseAt(name, 0, 0, "size", "limit", strconv.Itoa(MaxFile>>10))
		case bytes.IndexByte(src, 0) >= 0:
			c.refuseAt(name, lineOf(src, bytes.IndexByte(src, 0)), 0, "nul")
		case !utf8.Valid(src):
			c.refuseAt(name, lineOf(src, firstInvalid(src)), 0, "utf8")
		}
	}
	for _, name := range c.rules.Files {
		if _, ok := c.pkg.Sources[name]; !ok {
			c.refuseAt("", 0, 0, "missing_file", "name", name)
		}
	}
}

// directive matches comments that speak to the tools: they could read files of
// this machine, switch the race detector off or move line numbers.
var directive = regexp.MustCompile(`^//(go:|line |export |extern |\s*\+build)|^/\*line `)

// syntax applies the rules that need no types to one file.
func (c *checker) syntax(f *ast.File) {
	if f.Name.Name != "" && f.Name.Name != c.rules.Package { // without a name it is a syntax error
		c.refuse(f.Name.Pos(), "package_name", "name", f.Name.Name, "want", c.rules.Package)
	}
	for _, group := range f.Comments {
		for _, comment := range group.List {
			if directive.MatchString(comment.Text) {
				c.refuse(comment.Pos(), "directive", "text", firstWord(comment.Text))
			}
		}
	}
	for _, spec := range f.Imports {
		c.importSpec(spec)
	}
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			c.testFunc(fn)
		}
	}
}

// importSpec refuses packages that are not on the list.
func (c *checker) importSpec(spec *ast.ImportSpec) {
	path, _ := strconv.Unquote(spec.Path.Value) // what cannot be read is on no list
	if other := instead[path]; !c.allowed(path) && c.allowed(other) {
		c.refuse(spec.Path.Pos(), "import_instead", "path", path, "instead", other)
		return
	}
	if !c.allowed(path) {
		c.refuse(spec.Path.Pos(), "import", "path", path)
		return
	}
	if spec.Name != nil && spec.Name.Name == "." {
		c.refuse(spec.Name.Pos(), "dot_import", "path", path)
	}
}

func (c *checker) allowed(path string) bool {
	return c.imports(path) || slices.Contains(c.rules.Imports, path)
}

// byPlace orders complaints as they stand in the files.
func byPlace(list []Complaint) {
	slices.SortStableFunc(list, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}

// lineOf counts lines up to an offset.
func lineOf(src []byte, offset int) int { return 1 + bytes.Count(src[:offset], []byte("\n")) }

// firstInvalid finds where the text stops being UTF-8.
func firstInvalid(src []byte) int {
	at := 0
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return at
}

// firstWord is enough of a comment to recognise it.
func firstWord(comment string) string {
	word, _, _ := strings.Cut(comment, " ")
	const enough = 40
	return Printable(word[:min(len(word), enough)])
}

// Printable makes a name fit for a sentence.
func Printable(name string) string {
	const enough = 60
	quoted := strconv.Quote(name[:min(len(name), enough)])
	return quoted[1 : len(quoted)-1]
}
