package harness

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"manche/exercises"
	"manche/grader/policy"
)

// Implementation is code that a learner's test is run against, ready to be
// compiled together with any test. It is safe for concurrent use.
type Implementation struct {
	files []checkFile
}

// PrepareImplementation reads an implementation and finds every name in it that
// must change. What it exports keeps its name; all else gets an unguessable one,
// fields and methods too, so that a test cannot know one implementation from
// another by what only one of them has. An error is a defect of the exercise.
func PrepareImplementation(pkg string, files map[string][]byte, imp types.Importer) (*Implementation, error) {
	r, err := readFiles(pkg, imp, files)
	if err != nil {
		return nil, err
	}
	changes := func(obj types.Object) bool {
		if obj.Pkg() != r.pkg {
			return false
		}
		_, imported := obj.(*types.PkgName)
		return imported && topLevel(obj) || !obj.Exported() && (topLevel(obj) || member(obj))
	}
	i := new(Implementation)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		i.files = append(i.files, r.checkFile(name, files[name], changes))
	}
	return i, nil
}

// member reports whether the object is a field or a method.
func member(obj types.Object) bool {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.IsField() && obj.Name() != "_"
	case *types.Func:
		return obj.Signature().Recv() != nil
	}
	return false
}

// Given are the implementation's files as a test sees them: only what they export
// has a name that can be known.
func (i *Implementation) Given() map[string][]byte {
	suffix := newProgram(nil).suffix
	files := make(map[string][]byte, len(i.files))
	for _, cf := range i.files {
		files[cf.name] = apply(cf.src, cf.hiding(suffix))
	}
	return files
}

// Program puts a test and the implementation together. Its checks are the test
// functions.
func (i *Implementation) Program(test *policy.Package) *Program {
	p := newProgram(testsOf(test))
	for name := range test.Sources {
		p.Files[name] = learnerFile(test, name, p.suffix)
	}
	for _, cf := range i.files {
		p.Files[cf.name] = cf.source(p.suffix)
	}
	p.Files[mainFile] = p.mainSource("")
	return p
}

// testsOf lists the test functions of a package, as they stand.
func testsOf(test *policy.Package) []string {
	var names []string
	for _, file := range test.Names() {
		for _, decl := range test.Files[file].Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && exercises.IsCheck(fn.Name.Name) {
				names = append(names, fn.Name.Name)
			}
		}
	}
	return names
}

// leakChecks has each call of goleak leave out the goroutine of the driver's that
// watches over the test.
func leakChecks(sub *policy.Package, f *ast.File, driver string) []edit {
	var edits []edit
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && policy.VerifiesNone(sub.Info, call) {
			edits = append(edits, edit{at: offset(sub.Fset, call.Args[0].End()), text: ", " + driver + ".Guard()"})
		}
		return true
	})
	return edits
}
