package harness

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Apart are the checks of an exercise that run in one process, and the answer in
// another: in the place of each function that the reference exports stands one
// that has the other process called. It is safe for concurrent use.
//
// The process with the checks holds no line of the learner's, so nothing that the
// other one does or says can be more than an answer. What became of the functions
// there, their races, leaks and deadlocks, only that process can tell.
type Apart struct {
	checks    *Checks
	data      map[string][]byte // the reference's types and constants, as package main
	functions []*types.Func
	reference *types.Package
}

// The files that are generated besides mainFile.
const (
	callsFile  = "zz_calls.go"
	dataPrefix = "zz_data_"
)

// PrepareApart is [Prepare] for checks in a process of their own. The functions
// that the reference exports must take and return plain data, and the checks use
// nothing else of it but its types and constants.
func PrepareApart(pkg string, names []string, reference, tests map[string][]byte, imp types.Importer) (*Apart, error) {
	read, err := readFiles(pkg, imp, reference, tests)
	if err != nil {
		return nil, err
	}
	a := &Apart{checks: read.checks(names, tests), data: make(map[string][]byte), reference: read.pkg}
	for _, name := range slices.Sorted(maps.Keys(reference)) {
		f := read.trees[name]
		if src := read.declarations(f, reference[name]); src != nil {
			a.data[dataPrefix+name] = src
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
				a.functions = append(a.functions, read.info.Defs[fn.Name].(*types.Func))
			}
		}
	}
	return a, nil
}

// declarations is the file with the types and constants of f; nil if there are none.
func (e *readings) declarations(f *ast.File, src []byte) []byte {
	var body strings.Builder
	imports := make(map[string]bool)
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE && g.Tok != token.CONST {
			continue
		}
		body.Write(src[offset(e.fset, g.Pos()):offset(e.fset, g.End())])
		body.WriteByte('\n')
		ast.Inspect(g, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if p, ok := e.info.Uses[id].(*types.PkgName); ok {
					imports[p.Name()+" "+strconv.Quote(p.Imported().Path())] = true
				}
			}
			return true
		})
	}
	if body.Len() == 0 {
		return nil
	}
	return []byte("package main\n\n" + importing(imports) + body.String())
}

func importing(specs map[string]bool) string {
	var b strings.Builder
	for _, spec := range slices.Sorted(maps.Keys(specs)) {
		b.WriteString("import " + spec + "\n")
	}
	return b.String()
}
