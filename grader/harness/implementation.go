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
// must change: whatever stands at package level, and fields and methods that it
// does not export, so that a test cannot know one implementation from another by
// what only one of them has. An error is a defect of the exercise.
func PrepareImplementation(pkg string, files map[string][]byte, imp types.Importer) (*Implementation, error) {
	r, err := readFiles(pkg, imp, files)
	if err != nil {
		return nil, err
	}
	changes := func(obj types.Object) bool {
		return obj.Pkg() == r.pkg && (topLevel(obj) || member(obj) && !obj.Exported())
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
	suffix := newSuffix()
	files := make(map[string][]byte, len(i.files))
	for _, cf := range i.files {
		files[cf.name] = apply(cf.src, cf.hiding("", suffix))
	}
	return files
}

// Programs puts a test together with each of the implementations: one set of
// files, which is compiled and linked once, with a copy of the test for each. The
// copies know nothing of each other, and stand in an order that is drawn. Each
// program is what is to run, and to be read, of one implementation; its checks
// are all that there are, and Others those of the other implementations.
func Programs(list []*Implementation, test *policy.Package) []*Program {
	files, names := make(map[string][]byte), testsOf(test)
	programs, all := make([]*Program, len(list)), []string(nil)
	for k, i := range list {
		p := &Program{Files: files, suffix: newSuffix(), hidden: newSuffix(), copied: make(map[string]bool)}
		for name := range test.Sources {
			p.copy(name, copyOfTest(test, name, p.suffix))
		}
		for _, cf := range i.files {
			p.copy(cf.name, apply(cf.src, append(cf.hiding(p.suffix, p.hidden), cf.pkgName)))
		}
		programs[k] = p
	}
	for _, p := range programs {
		p.Checks = suffixed(names, p.suffix)
		all = append(all, p.Checks...)
	}
	for _, p := range programs {
		own := p.Checks
		p.Checks = slices.Clone(all)
		p.Others = slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(own, name) })
	}
	files[mainFile] = programs[0].mainSource("Main", "")
	return programs
}

// copy adds a file, which says that it has the name that its author knows.
func (p *Program) copy(name string, src []byte) {
	p.copied[name] = true
	// Go initialises and lays out a package in the order of its files' names.
	p.Files["copy"+p.suffix+"_"+name] = append([]byte("//line "+name+":1:1\n"), src...)
}

func suffixed(names []string, suffix string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = name + suffix
	}
	return all
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

// copyOfTest turns a test's file into one of package main, on the same lines: with
// yields, and with whatever stands at package level under the suffix. Calls on
// locks are left alone: they would repeat names.
func copyOfTest(test *policy.Package, name, suffix string) []byte {
	f, alias := test.Files[name], "driver"+suffix
	edits := append(yields(test, f, alias, nil), leakChecks(test, f, alias)...)
	clause := "main"
	if len(edits) > 0 {
		clause += "; import " + alias + ` "` + DriverPath + `"`
	}
	edits = append(edits, edit{at: offset(test.Fset, f.Name.Pos()), length: len(f.Name.Name), text: clause})
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || id == f.Name {
			return true
		}
		if obj := embedded(test.Info.ObjectOf(id)); obj != nil && obj.Pkg() == test.Types && topLevel(obj) && !imported(obj) {
			edits = append(edits, edit{at: offset(test.Fset, id.Pos()), length: len(id.Name), text: id.Name + suffix})
		}
		return true
	})
	return apply(test.Sources[name], edits)
}

func imported(obj types.Object) bool {
	_, ok := obj.(*types.PkgName)
	return ok
}

// leakChecks has each call of goleak leave out the goroutine of the driver's that
// watches over the test.
func leakChecks(test *policy.Package, f *ast.File, driver string) []edit {
	var edits []edit
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && policy.VerifiesNone(test.Info, call) {
			edits = append(edits, edit{at: offset(test.Fset, call.Args[0].End()), text: ", " + driver + ".Guard()"})
		}
		return true
	})
	return edits
}
