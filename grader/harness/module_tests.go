package harness

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"

	"manche/exercises"
)

// ownTests are the tests of a package as go test finds them.
type ownTests struct {
	names []string // tests in the order in which they run, then examples
	// main is the place where the owner's TestMain begins, if there is one.
	main *testMain
}

// testMain is a TestMain of the owner's.
type testMain struct {
	file      string
	src       []byte
	clause    int // where the package clause ends
	body      int // where the function's body begins
	parameter string
}

// readTests finds the tests, as go test does: the internal ones before the
// external ones, the examples with an output at the end.
func (m *Module) readTests() (*ownTests, error) {
	tests := new(ownTests)
	var examples []string
	for _, group := range []map[string][]byte{m.Tests, m.External} {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, name, group[name], parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, fmt.Errorf("reading the tests: %w", err)
			}
			tests.functions(fset, f, name, group[name])
			examples = append(examples, outputs(f)...)
		}
	}
	tests.names = numbered(append(tests.names, examples...))
	if m.isProgram() && len(tests.names) == 0 && tests.main == nil {
		tests.names = []string{MainCheck}
	}
	return tests, nil
}

// isProgram reports whether the package is one that runs by itself.
func (m *Module) isProgram() bool {
	return m.Name == "main" && m.Package.Types.Scope().Lookup("main") != nil
}

// functions takes in what one file declares.
func (o *ownTests) functions(fset *token.FileSet, f *ast.File, name string, src []byte) {
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		switch {
		case !ok || fn.Recv != nil || fn.Body == nil:
		case fn.Name.Name == "TestMain" && takes(fn, "M"):
			o.main = &testMain{
				file: name, src: src, clause: offset(fset, f.Name.End()), body: offset(fset, fn.Body.Lbrace) + 1,
				parameter: parameter(fn),
			}
		case (exercises.IsCheck(fn.Name.Name) || fn.Name.Name == "TestMain") && takes(fn, "T"):
			o.names = append(o.names, fn.Name.Name)
		}
	}
}

// takes reports whether the function has one parameter, a pointer to the type of
// this name, as go test looks at it.
func takes(fn *ast.FuncDecl, name string) bool {
	params := fn.Type.Params.List
	if len(params) != 1 || len(params[0].Names) > 1 {
		return false
	}
	ptr, ok := params[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch t := ptr.X.(type) {
	case *ast.Ident:
		return t.Name == name
	case *ast.SelectorExpr:
		return t.Sel.Name == name
	}
	return false
}

// parameter is the name of the function's parameter; "" if it cannot be used.
func parameter(fn *ast.FuncDecl) string {
	names := fn.Type.Params.List[0].Names
	if len(names) == 0 || names[0].Name == "_" {
		return ""
	}
	return names[0].Name
}

// outputs lists the examples that go test runs: those that say what they print.
func outputs(f *ast.File) []string {
	examples := doc.Examples(f)
	slices.SortFunc(examples, func(a, b *doc.Example) int { return a.Order - b.Order })
	var names []string
	for _, e := range examples {
		if e.Output != "" || e.EmptyOutput {
			names = append(names, "Example"+e.Name)
		}
	}
	return names
}

// numbered makes names unique as the driver does.
func numbered(names []string) []string {
	seen := make(map[string]bool)
	for i, name := range names {
		if seen[name] {
			names[i] += "#01"
		}
		seen[name] = true
	}
	return names
}

// take has the driver take the tests: at the beginning of the owner's TestMain,
// or in a file of ours.
func (o *ownTests) take(m *Module, p *Program) error {
	if o.main != nil {
		if o.main.parameter == "" {
			return nil // it cannot run any test either
		}
		alias := "driver" + p.suffix
		p.Files[filepath.Join(m.Dir, o.main.file)] = apply(o.main.src, []edit{
			{at: o.main.clause, text: "; import " + alias + ` "` + m.driverPath() + `"`},
			{at: o.main.body, text: alias + ".Take(" + o.main.parameter + ");"},
		})
		return nil
	}
	pkg := m.Name
	if len(m.Tests) == 0 && len(m.External) > 0 {
		pkg += "_test"
	}
	p.Files[filepath.Join(m.Dir, takeFile)] = m.takeSource(pkg, p.suffix, slices.Equal(p.Checks, []string{MainCheck}))
	return nil
}
