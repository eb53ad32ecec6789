package grader

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"

	"manche/exercises"
)

// ownTask makes an exercise of a package with tests of its own: every file is
// the author's to change, and the checks are the tests.
func ownTask(sub Submission) *exercises.Exercise {
	ex := &exercises.Exercise{
		Slug: sub.Exercise, Package: sub.Exercise, Editable: slices.Sorted(maps.Keys(sub.Files)),
		Reference: sub.Files, Checks: sub.Tests,
	}
	for _, name := range slices.Sorted(maps.Keys(sub.Tests)) {
		ex.CheckList = append(ex.CheckList, testsIn(sub.Tests[name])...)
	}
	return ex
}

// testsIn lists the test functions of a file in source order; of one that does
// not parse, those that come before the error.
func testsIn(src []byte) []string {
	f, _ := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if f == nil {
		return nil
	}
	var names []string
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && exercises.IsCheck(fn.Name.Name) {
			names = append(names, fn.Name.Name)
		}
	}
	return names
}
