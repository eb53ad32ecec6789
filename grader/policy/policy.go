package policy

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"runtime"
	"slices"
)

// Rules are what holds for the submissions to one exercise.
type Rules struct {
	Package string   // name of the package
	Files   []string // the file names that a submission consists of
	Imports []string // allowed beyond the standard list
	// Own lifts the rules for a package that its owner has judged by tests of
	// the same owner: it must only compile.
	Own bool
	// Tests says that the submission is a test, which must hold at least one
	// function that go test runs. It may import what tests are made of, and nothing
	// that shows it how a value is made.
	Tests bool
	// Beside are files of the same package that the submission is compiled with, by
	// names that none of its own has. They are held against no rule; what they
	// declare may be used, and their variables not be changed.
	Beside map[string][]byte
	// Importer resolves imports. It is used by one Check at a time.
	Importer types.Importer
}

// Complaint is a rule that the submission breaks, or an error in its source.
// Its sentence has Key below "finding." and names Params.
type Complaint struct {
	Key          string
	Params       map[string]string
	File         string
	Line, Column int // from 1; 0 when the whole file is meant
}

// Package is a submission that has been read and type-checked.
type Package struct {
	Fset    *token.FileSet
	Sources map[string][]byte
	Files   map[string]*ast.File
	Types   *types.Package
	Info    *types.Info
}

// Names lists the file names, sorted.
func (p *Package) Names() []string { return slices.Sorted(maps.Keys(p.Files)) }

// Result is what Check found. With Refusals or Errors there is no Package.
type Result struct {
	Package  *Package
	Refusals []Complaint // not allowed
	Errors   []Complaint // does not compile
}

// MaxFile is how large a file may be, in bytes: ten times the largest reference
// solution.
const MaxFile = 64 << 10

// maxErrors is how many errors of a kind are worth reading.
const maxErrors = 10

// Check reads the submission and holds it against the rules. What it refuses,
// it refuses with every reason it sees.
func Check(files map[string][]byte, r Rules) Result {
	c := &checker{rules: r, pkg: &Package{
		Fset: token.NewFileSet(), Sources: files, Files: make(map[string]*ast.File),
	}}
	c.names()
	if len(c.refusals) == 0 {
		c.parse()
	}
	if len(c.refusals) == 0 && len(c.errors) == 0 {
		c.resolve()
	}
	return c.result()
}

// checker gathers what is wrong with one submission.
type checker struct {
	rules    Rules
	pkg      *Package
	refusals []Complaint
	errors   []Complaint
	tests    int // functions that go test runs
}

func (c *checker) result() Result {
	byPlace(c.refusals)
	byPlace(c.errors)
	res := Result{
		Refusals: c.refusals[:min(len(c.refusals), maxErrors)],
		Errors:   c.errors[:min(len(c.errors), maxErrors)],
	}
	if len(res.Refusals) == 0 && len(res.Errors) == 0 {
		res.Package = c.pkg
	}
	return res
}

// refuse notes a broken rule; params are name, value pairs.
func (c *checker) refuse(pos token.Pos, key string, params ...string) {
	at := c.pkg.Fset.PositionFor(pos, false) // whatever a line directive says
	c.refuseAt(at.Filename, at.Line, at.Column, key, params...)
}

func (c *checker) refuseAt(file string, line, column int, key string, params ...string) {
	if c.rules.Own {
		return
	}
	c.refusals = append(c.refusals, complaint(file, line, column, "policy."+key, params...))
}

func complaint(file string, line, column int, key string, params ...string) Complaint {
	p := Complaint{Key: key, File: file, Line: line, Column: column, Params: make(map[string]string)}
	for i := 0; i+1 < len(params); i += 2 {
		p.Params[params[i]] = params[i+1]
	}
	return p
}

// parse reads the syntax and applies the rules that need no types.
func (c *checker) parse() {
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(c.pkg.Sources)) {
		f, err := parser.ParseFile(c.pkg.Fset, name, c.pkg.Sources[name], parser.ParseComments|parser.SkipObjectResolution)
		c.pkg.Files[name] = f
		if list, ok := err.(scanner.ErrorList); ok {
			for _, e := range list {
				c.errors = append(c.errors, complaint(name, e.Pos.Line, e.Pos.Column, "build.syntax", "message", e.Msg))
			}
		}
		if f != nil {
			files = append(files, f)
			c.syntax(f)
		}
	}
	c.bounds(files)
	if c.rules.Tests && c.tests == 0 && len(c.errors) == 0 {
		c.errors = append(c.errors, complaint(slices.Min(slices.Collect(maps.Keys(c.pkg.Sources))), 0, 0, "build.no_test"))
	}
}

// resolve type-checks the package and applies the rules that need types.
func (c *checker) resolve() {
	c.pkg.Info = &types.Info{
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Implicits:    make(map[ast.Node]types.Object),
		Scopes:       make(map[ast.Node]*types.Scope),
		Instances:    make(map[*ast.Ident]types.Instance),
		FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{
		Importer:  c.rules.Importer,
		GoVersion: "go1.26",
		Sizes:     types.SizesFor("gc", runtime.GOARCH),
		Error:     c.typeError,
	}
	files := make([]*ast.File, 0, len(c.pkg.Files))
	given := c.beside() // first, so that what is declared twice is told of at the learner's
	for _, name := range slices.Sorted(maps.Keys(c.pkg.Files)) {
		files = append(files, c.pkg.Files[name])
	}
	pkg, _ := conf.Check(c.rules.Package, c.pkg.Fset, slices.Concat(given, files), c.pkg.Info) // errors went to typeError
	c.pkg.Types = pkg
	c.keepOwn()
	c.packageLevel(pkg)
	c.uses(pkg)
	c.writes(pkg, files)
	for _, f := range files {
		if c.rules.Tests {
			c.beforeTests(f)
			c.leakChecks(f)
		}
	}
}

// typeError notes an error of the type checker.
func (c *checker) typeError(err error) {
	e := err.(types.Error) // as types.Config promises
	at := e.Fset.PositionFor(e.Pos, false)
	c.errors = append(c.errors, complaint(at.Filename, at.Line, at.Column, "build.types", "message", e.Msg))
}
