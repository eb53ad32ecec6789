// Package vet looks at a submission without running it, for the mistakes of
// concurrent code that can be read off its text: go vet's analysers and
// staticcheck's for this field, and a few of our own for what these miss.
//
// What it says explains and warns; it fails nobody, unless an exercise wants it
// to. Syntax and types come from the policy, so that nothing is parsed twice.
package vet

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"runtime"
	"slices"

	"golang.org/x/tools/go/analysis"

	"manche/grader/policy"
)

// Remark is what an analyser says of one place. Its sentence has the key
// "vet.<Name>".
type Remark struct {
	Name         string // of the analyser, in lower case
	File         string
	Line, Column int
	Message      string // the analyser's own words
}

// Remarks runs every analyser on the package and returns what they say, in the
// order of the source, each analyser once a line. An analyser that breaks down
// says nothing: it is a help, and no check rests on it. The package must not be
// used by anyone else meanwhile.
func Remarks(pkg *policy.Package) []Remark {
	r := &run{pkg: pkg, results: make(map[*analysis.Analyzer]any)}
	for _, a := range analysers {
		r.analyse(a.Analyzer)
	}
	slices.SortStableFunc(r.remarks, func(a, b Remark) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Name, b.Name))
	})
	return slices.CompactFunc(r.remarks, func(a, b Remark) bool {
		return a.File == b.File && a.Line == b.Line && a.Name == b.Name
	})
}

// run is one package under analysis.
type run struct {
	pkg     *policy.Package
	results map[*analysis.Analyzer]any
	facts   map[any][]analysis.Fact // by object or package; this package's only
	remarks []Remark
}

// analyse runs an analyser once, after those that it needs, and reports whether
// it came to its end.
func (r *run) analyse(a *analysis.Analyzer) (ok bool) {
	if _, done := r.results[a]; done {
		return true
	}
	for _, needed := range a.Requires {
		if !r.analyse(needed) {
			return false
		}
	}
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	result, err := a.Run(r.pass(a))
	if err != nil {
		return false
	}
	r.results[a] = result
	return true
}

// pass is what an analyser sees. Other packages come without facts.
func (r *run) pass(a *analysis.Analyzer) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: r.pkg.Fset, Files: r.files(), Pkg: r.pkg.Types, TypesInfo: r.pkg.Info,
		TypesSizes: types.SizesFor("gc", runtime.GOARCH), Module: &analysis.Module{Path: "submission", GoVersion: "1.26"},
		ResultOf: r.results, Report: func(d analysis.Diagnostic) { r.report(a, d) },
		ReadFile:          func(name string) ([]byte, error) { return r.source(name) },
		ImportObjectFact:  func(o types.Object, f analysis.Fact) bool { return r.load(o, f) },
		ExportObjectFact:  func(o types.Object, f analysis.Fact) { r.keep(o, f) },
		ImportPackageFact: func(p *types.Package, f analysis.Fact) bool { return r.load(p, f) },
		ExportPackageFact: func(f analysis.Fact) { r.keep(r.pkg.Types, f) },
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
}

// files lists the syntax trees by name.
func (r *run) files() []*ast.File {
	var list []*ast.File
	for _, name := range r.pkg.Names() {
		list = append(list, r.pkg.Files[name])
	}
	return list
}

func (r *run) source(name string) ([]byte, error) {
	src, ok := r.pkg.Sources[name]
	if !ok {
		return nil, fmt.Errorf("no file %s in the submission", name)
	}
	return src, nil
}

// keep and load hold the facts of this package.
func (r *run) keep(about any, f analysis.Fact) {
	if r.facts == nil {
		r.facts = make(map[any][]analysis.Fact)
	}
	r.facts[about] = append(r.facts[about], f)
}

func (r *run) load(about any, into analysis.Fact) bool {
	for _, f := range r.facts[about] {
		if reflect.TypeOf(f) == reflect.TypeOf(into) {
			reflect.ValueOf(into).Elem().Set(reflect.ValueOf(f).Elem())
			return true
		}
	}
	return false
}

// report notes a remark of one of the analysers that speak to learners.
func (r *run) report(a *analysis.Analyzer, d analysis.Diagnostic) {
	i := slices.IndexFunc(analysers, func(s speaker) bool { return s.Analyzer == a })
	if i < 0 {
		return
	}
	at := r.pkg.Fset.PositionFor(d.Pos, false)
	if at.IsValid() && d.Pos != token.NoPos {
		r.remarks = append(r.remarks, Remark{Name: analysers[i].name, File: at.Filename, Line: at.Line, Column: at.Column, Message: d.Message})
	}
}
