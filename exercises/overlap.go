package exercises

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
)

// checkConcurrent reports the checks that are to prove that work overlaps and
// are not there, or do not measure in virtual time: a stop-watch proves nothing
// on a busy machine.
func (b bundle) checkConcurrent(ex *Exercise) []Defect {
	var defects []Defect
	for _, name := range ex.Concurrent {
		file, line, fn := check(ex.Checks, name)
		switch {
		case fn == nil:
			defects = append(defects, b.inSpec("concurrent", "spec.concurrent_check", "name", name))
		case !inBubble(fn):
			defects = append(defects, b.defect(file, line, "bundle.real_time", "name", name))
		}
	}
	return defects
}

// check finds a check by its name, with the place where it stands.
func check(checks Files, name string) (file string, line int, fn *ast.FuncDecl) {
	fset := token.NewFileSet()
	for _, file := range slices.Sorted(maps.Keys(checks)) {
		f, err := parser.ParseFile(fset, file, checks[file], parser.SkipObjectResolution)
		if err != nil {
			continue // a defect of its own
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == name && IsCheck(name) {
				return file, fset.Position(fn.Pos()).Line, fn
			}
		}
	}
	return "", 0, nil
}

// inBubble reports whether the check calls synctest.Test.
func inBubble(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			pkg, isIdent := s.X.(*ast.Ident)
			found = found || isIdent && pkg.Name == "synctest" && s.Sel.Name == "Test"
		}
		return !found
	})
	return found
}
