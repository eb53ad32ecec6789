package exercises

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// exercise puts the bundle's parts together and lists its defects.
func (b bundle) exercise() (*Exercise, []Defect) {
	s, defects := b.parseSpec()
	if len(defects) > 0 {
		return nil, defects
	}
	reference, checks := b.split()
	ex := &Exercise{
		Slug: b.slug, Kind: s.Kind, Level: s.Level, Lesson: s.Lesson, Package: s.Package, Imports: s.Imports,
		Editable:  slices.Sorted(maps.Keys(reference)),
		Reference: reference,
		Checks:    checks,
		Starter:   b.variant(starterDir, withName(s.Starter, "starter")),
		Revision:  b.revision(),
	}
	for _, a := range s.Right {
		ex.Right = append(ex.Right, b.variant(rightDir+"/"+a.Name, a))
	}
	for _, a := range s.Wrong {
		ex.Wrong = append(ex.Wrong, b.variant(wrongDir+"/"+a.Name, a))
	}
	var found []Defect
	ex.CheckList, found = b.listChecks(checks)
	defects = append(defects, found...)
	defects = append(defects, b.checkFiles(ex)...)
	ex.Prose, found = b.prose(ex)
	return ex, append(defects, found...)
}

// variant reads one known answer.
func (b bundle) variant(dir string, a answer) Variant {
	return Variant{Name: a.Name, Files: b.in(dir), Expect: a.Expect, May: a.May, File: a.File, Line: a.Line}
}

// checkFiles reports answers that do not consist of the reference's files, and
// a missing reference or missing checks.
func (b bundle) checkFiles(ex *Exercise) []Defect {
	var defects []Defect
	if len(ex.Reference) == 0 {
		defects = append(defects, b.defect("", 0, "bundle.no_reference"))
	}
	if len(ex.CheckList) == 0 {
		defects = append(defects, b.defect("", 0, "bundle.no_checks"))
	}
	want := strings.Join(ex.Editable, ", ")
	for _, v := range slices.Concat([]Variant{ex.Starter}, ex.Right, ex.Wrong) {
		if got := slices.Sorted(maps.Keys(v.Files)); !slices.Equal(got, ex.Editable) {
			defects = append(defects, b.defect(specFile, 0, "bundle.other_files",
				"name", v.Name, "want", want, "got", strings.Join(got, ", ")))
		}
	}
	return defects
}

// listChecks returns the names of the checks in source order: the functions
// that go test would run.
func (b bundle) listChecks(checks Files) ([]string, []Defect) {
	var names []string
	var defects []Defect
	for _, file := range slices.Sorted(maps.Keys(checks)) {
		f, err := parser.ParseFile(token.NewFileSet(), file, checks[file], parser.SkipObjectResolution)
		if err != nil {
			defects = append(defects, b.defect(file, 0, "bundle.syntax", "reason", err.Error()))
			continue
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && IsCheck(fn.Name.Name) {
				names = append(names, fn.Name.Name)
			}
		}
	}
	return names, defects
}

// IsCheck reports whether go test would run a function of this name as a test:
// Test, alone or before anything but a lower-case letter, TestMain apart.
func IsCheck(name string) bool {
	rest, ok := strings.CutPrefix(name, "Test")
	if !ok || name == "TestMain" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLower(first)
}
