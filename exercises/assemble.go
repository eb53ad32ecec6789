package exercises

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// exercise puts the bundle's parts together and lists its defects.
func (b bundle) exercise() (*Exercise, []Defect) {
	s, defects, ok := b.parseSpec()
	if !ok {
		return nil, defects
	}
	reference, checks := b.split()
	var example Files // the package that a test is about
	if s.Kind == Test {
		example, reference, checks = reference, checks, nil
	}
	ex := &Exercise{
		Slug: b.slug, Kind: s.Kind, Level: s.Level, Lesson: s.Lesson, Package: s.Package, Imports: s.Imports, Vet: s.Vet, Concurrent: s.Concurrent,
		Apart:      s.Driver == driverApart,
		Why:        b.reasons(s.Why),
		Editable:   slices.Sorted(maps.Keys(reference)),
		Reference:  reference,
		Checks:     checks,
		Starter:    b.variant(starterDir, "starter", withName(s.Starter, "starter")),
		Equivalent: b.equivalences(s.Equivalent),
		Revision:   b.revision(),
	}
	ex.Right = b.answers(rightDir, s.Right)
	ex.Wrong = b.answers(wrongDir, s.Wrong)
	var found []Defect
	if s.Kind == Test {
		ex.Implementations, found = b.implementations(example)
		ex.CheckList = names(ex.Implementations)
	} else {
		ex.CheckList, found = b.listChecks(checks)
	}
	defects = append(defects, found...)
	defects = append(defects, b.checkFiles(ex)...)
	defects = append(defects, b.checkConcurrent(ex)...)
	defects = append(defects, b.checkApart(ex)...)
	ex.Prose, found = b.prose(ex)
	return ex, append(defects, found...)
}

// answers reads the known answers that have a folder below dir; one without is
// a defect of the spec already.
func (b bundle) answers(dir string, declared []answer) []Variant {
	var all []Variant
	onDisk := b.variants(dir)
	for i, a := range declared {
		if slices.Contains(onDisk, a.Name) {
			all = append(all, b.variant(dir+"/"+a.Name, declaration(dir, i), a))
		}
	}
	return all
}

// variant reads one known answer, which is declared at a path of exercise.toml.
func (b bundle) variant(dir, declared string, a answer) Variant {
	return Variant{
		Name: a.Name, Files: b.in(dir), Expect: a.Expect, May: a.May, File: a.File, Line: a.Line, Lines: a.Lines,
		Declared: b.lines.at(declared),
	}
}

// equivalences adds to the marked mutants where they are marked.
func (b bundle) equivalences(list []Equivalence) []Equivalence {
	for i := range list {
		list[i].Declared = b.lines.at("equivalent." + strconv.Itoa(i) + ".mutant")
	}
	return list
}

// checkFiles reports answers that do not consist of the reference's files, or a
// missing reference.
func (b bundle) checkFiles(ex *Exercise) []Defect {
	if len(ex.Reference) == 0 {
		return []Defect{b.defect("", 0, "bundle.no_reference")}
	}
	defects := b.checkReference(ex)
	want := strings.Join(ex.Editable, ", ")
	for _, v := range slices.Concat([]Variant{ex.Starter}, ex.Right, ex.Wrong) {
		if got := slices.Sorted(maps.Keys(v.Files)); !slices.Equal(got, ex.Editable) {
			defects = append(defects, b.defect(specFile, v.Declared, "bundle.other_files",
				"name", v.Name, "want", want, "got", strings.Join(got, ", ")))
		}
	}
	return defects
}

// checkReference reports a reference that Go cannot read: no mutant can be made of
// it, and nothing proven.
func (b bundle) checkReference(ex *Exercise) []Defect {
	var defects []Defect
	for _, file := range ex.Editable {
		if _, err := parser.ParseFile(token.NewFileSet(), file, ex.Reference[file], parser.SkipObjectResolution); err != nil {
			line, reason := firstError(err)
			defects = append(defects, b.defect(file, line, "bundle.reference_syntax", "reason", reason))
		}
	}
	return defects
}

// listChecks returns the names of the checks in source order: the functions
// that go test would run. To have none is a defect.
func (b bundle) listChecks(checks Files) ([]string, []Defect) {
	var names []string
	var defects []Defect
	for _, file := range slices.Sorted(maps.Keys(checks)) {
		f, err := parser.ParseFile(token.NewFileSet(), file, checks[file], parser.SkipObjectResolution)
		if err != nil {
			line, reason := firstError(err)
			defects = append(defects, b.defect(file, line, "bundle.syntax", "reason", reason))
			continue
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && IsCheck(fn.Name.Name) {
				names = append(names, fn.Name.Name)
			}
		}
	}
	if len(names) == 0 && len(defects) == 0 {
		defects = append(defects, b.defect("", 0, "bundle.no_checks"))
	}
	return names, defects
}

// firstError returns the line and the words of the first error of a parser.
func firstError(err error) (int, string) {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Pos.Line, list[0].Msg
	}
	return 0, err.Error()
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
