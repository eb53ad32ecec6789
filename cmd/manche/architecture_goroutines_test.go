package main_test

import (
	"bytes"
	"go/ast"
	"io/fs"
	"slices"
)

// unwatched lists the packages that start goroutines, and whose tests do not look for
// any that are left. Exercises, which learners read, have theirs in their checks.
func unwatched(fsys fs.FS, sources []source) []string {
	begun := make(map[string]string) // where a goroutine is started, by folder
	for _, s := range sources {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, _ := n.(*ast.CallExpr)
			if _, ok := n.(*ast.GoStmt); ok || call != nil && callee(call) == "Go" {
				begun[s.folder] = s.at(n)
			}
			return !s.bundle()
		})
	}
	var found []string
	for folder, at := range begun {
		tests, _ := fs.Glob(fsys, folder+"/*_test.go") // the pattern is well formed
		if !slices.ContainsFunc(tests, func(name string) bool {
			raw, err := fs.ReadFile(fsys, name)
			return err == nil && (bytes.Contains(raw, []byte("goleak.VerifyTestMain(")) || bytes.Contains(raw, []byte("goleak.Find(")))
		}) {
			found = append(found, at+": starts a goroutine, and no TestMain of "+folder+" looks for one that is left")
		}
	}
	return found
}
