package grader

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"manche/exercises"
	"manche/grader/policy"
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

// held holds the files against what the submission may be.
// The error is ours, not theirs: what they import could not be read.
func (j *judgement) held(files map[string][]byte, rules policy.Rules, from *imports) (policy.Result, error) {
	if list := j.misnamed(files); len(list) > 0 {
		return policy.Result{Errors: list}, nil
	}
	result := policy.Check(files, rules)
	return result, from.failed()
}

// ownName matches the names of files that can stand in one folder beside what is
// built there, and go test would not ignore.
var ownName = regexp.MustCompile(`^[\pL\p{Nd}][\pL\p{Nd}_.-]*\.go$`)

// misnamed complains of the files of a package with tests of its own, or of a
// program, that have no names for it.
func (j *judgement) misnamed(files map[string][]byte) []policy.Complaint {
	if !j.own && !j.whole {
		return nil
	}
	var list []policy.Complaint
	check := func(name string, test bool) {
		if !ownName.MatchString(name) || strings.HasSuffix(name, "_test.go") != test || strings.HasPrefix(name, "zz_") {
			list = append(list, policy.Complaint{Key: "build.file_name", Params: map[string]string{"name": policy.Printable(name)}})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		check(name, false)
	}
	for _, name := range slices.Sorted(maps.Keys(j.ex.Checks)) {
		check(name, true)
	}
	return list[:min(len(list), maxFaults)]
}

// untestable complains of tests of one's own that cannot be read, for the error
// given, and of there being none.
func (j *judgement) untestable(err error) []policy.Complaint {
	if !j.own {
		return nil
	}
	if err == nil && len(j.ex.CheckList) == 0 {
		return []policy.Complaint{{Key: "build.no_tests"}}
	}
	if list := (scanner.ErrorList)(nil); errors.As(err, &list) {
		return syntaxErrors(list)
	}
	if e := (types.Error{}); errors.As(err, &e) {
		at := e.Fset.Position(e.Pos)
		return []policy.Complaint{{
			Key: "build.types", Params: map[string]string{"message": e.Msg}, File: at.Filename, Line: at.Line, Column: at.Column,
		}}
	}
	return nil
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
