package exercises

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
)

// checkApart reports what cannot stand between checks and an answer that run in
// two processes: all but functions of plain data, and time that is virtual.
func (b bundle) checkApart(ex *Exercise) []Defect {
	if !ex.Apart {
		return nil
	}
	var defects []Defect
	if len(ex.Concurrent) > 0 {
		defects = append(defects, b.inSpec("driver", "spec.apart_concurrent"))
	}
	a := apart{bundle: b, ex: ex, fset: token.NewFileSet(), info: types.Info{
		Uses: make(map[*ast.Ident]types.Object), Types: make(map[ast.Expr]types.TypeAndValue),
	}}
	files := append(a.parse(ex.Reference), a.parse(ex.Checks)...)
	conf := types.Config{Importer: withoutSources{}, Error: func(error) {}} // what is wrong with it, the proof tells
	a.pkg, _ = conf.Check(ex.Package, a.fset, files, &a.info)
	for _, f := range files {
		a.file(f)
	}
	return append(defects, a.defects...)
}

// apart looks for what cannot.
type apart struct {
	bundle
	ex      *Exercise
	fset    *token.FileSet
	info    types.Info
	pkg     *types.Package
	defects []Defect
}

// parse reads files in order; one that does not parse is a defect of its own.
func (a *apart) parse(files Files) []*ast.File {
	var list []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if f, err := parser.ParseFile(a.fset, name, files[name], parser.SkipObjectResolution); err == nil {
			list = append(list, f)
		}
	}
	return list
}

// say adds a defect at a place; params are name, value pairs.
func (a *apart) say(pos token.Pos, key string, params ...string) {
	at := a.fset.Position(pos)
	a.defects = append(a.defects, a.defect(at.Filename, at.Line, key, params...))
}

// file looks at one file: at what the reference declares, or what the checks use.
func (a *apart) file(f *ast.File) {
	if a.ex.Checks[a.fset.Position(f.Pos()).Filename] != nil {
		a.uses(f)
		return
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		switch {
		case !ok:
		case fn.Recv != nil:
			a.say(fn.Pos(), "bundle.apart_method", "name", fn.Name.Name)
		case fn.Name.IsExported():
			a.function(fn)
		}
	}
}

// function looks at the types in a signature.
func (a *apart) function(fn *ast.FuncDecl) {
	if fn.Type.TypeParams != nil {
		a.say(fn.Pos(), "bundle.apart_data", "name", fn.Name.Name, "type", fn.Type.TypeParams.List[0].Names[0].Name)
		return
	}
	for _, list := range []*ast.FieldList{fn.Type.Params, fn.Type.Results} {
		for field := range fields(list) {
			if t := a.info.TypeOf(field); t == nil || !isData(t, nil) {
				a.say(field.Pos(), "bundle.apart_data", "name", fn.Name.Name, "type", types.ExprString(field))
			}
		}
	}
}

// fields are the types in a list, of a variadic parameter that of one argument.
func fields(list *ast.FieldList) iter.Seq[ast.Expr] {
	return func(yield func(ast.Expr) bool) {
		if list == nil {
			return
		}
		for _, f := range list.List {
			t := f.Type
			if e, ok := t.(*ast.Ellipsis); ok {
				t = e.Elt
			}
			if !yield(t) {
				return
			}
		}
	}
}

// uses looks at what the checks take from the reference, and how they measure time.
func (a *apart) uses(f *ast.File) {
	for _, spec := range f.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p == "testing/synctest" {
			a.say(spec.Pos(), "bundle.apart_time")
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj := a.info.Uses[id]
		if obj == nil || obj.Pkg() != a.pkg || obj.Parent() != a.pkg.Scope() || a.ex.Checks[a.fset.Position(obj.Pos()).Filename] != nil {
			return true
		}
		switch obj.(type) {
		case *types.Var:
			a.say(id.Pos(), "bundle.apart_inside", "name", id.Name)
		case *types.Func:
			if !obj.Exported() {
				a.say(id.Pos(), "bundle.apart_inside", "name", id.Name)
			}
		}
		return true
	})
}

// isData reports whether values of a type can be sent from one process to another
// and mean the same there. Outer are the types that it was met in.
func isData(t types.Type, outer []types.Type) bool {
	t = types.Unalias(t)
	if slices.Contains(outer, t) {
		return true // as far as all else in it is
	}
	outer = append(outer, t)
	if t == types.Universe.Lookup("error").Type() {
		return true // by its text
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsConstType != 0 && u.Kind() != types.Uintptr
	case *types.Slice:
		return isData(u.Elem(), outer)
	case *types.Array:
		return isData(u.Elem(), outer)
	case *types.Map:
		return isData(u.Key(), outer) && isData(u.Elem(), outer)
	case *types.Struct:
		for f := range u.Fields() {
			if !f.Exported() || !isData(f.Type(), outer) {
				return false
			}
		}
		return true
	}
	return false
}

// withoutSources stands in for the packages that an exercise imports. Of all that
// they declare, only time.Duration is data.
type withoutSources struct{}

func (withoutSources) Import(name string) (*types.Package, error) {
	p := types.NewPackage(name, path.Base(name))
	if name == "time" {
		duration := types.NewTypeName(token.NoPos, p, "Duration", nil)
		types.NewNamed(duration, types.Typ[types.Int64], nil)
		p.Scope().Insert(duration)
	}
	p.MarkComplete()
	return p, nil
}
