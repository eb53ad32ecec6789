package vet

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// testsleep finds a test that sleeps in real time, once and for long enough: it
// is slow on each run, and one day not long enough. A sleep in a loop is a poll,
// and in a bubble of synctest it costs nothing.
var testsleep = ours("testsleep", "find a sleep in a test that no loop ends early", func(pass *analysis.Pass, _ *program) {
	for _, f := range pass.Files {
		if !imports(f, `"testing"`) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				return false
			case *ast.CallExpr:
				fn, _ := typeutil.Callee(pass.TypesInfo, n).(*types.Func)
				if fn != nil && fn.FullName() == "time.Sleep" {
					pass.Reportf(n.Pos(), "the test sleeps instead of waiting for what it needs")
				}
				return fn == nil || fn.FullName() != "testing/synctest.Test"
			}
			return true
		})
	}
})

// imports reports whether a file imports the package of this quoted path.
func imports(f *ast.File, path string) bool {
	for _, spec := range f.Imports {
		if spec.Path.Value == path {
			return true
		}
	}
	return false
}
