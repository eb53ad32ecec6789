package harness

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
)

// Checks are the checks of an exercise, ready to be compiled together with any
// submission. They are safe for concurrent use.
type Checks struct {
	names []string
	files []checkFile
}

// checkFile is one test file with the places of the names that change.
type checkFile struct {
	name    string
	src     []byte
	pkgName edit          // the package clause's name
	renames []rename      // of what the file declares at package level
	imports []importEntry // without a name: each gets an unguessable one
}

// rename is an identifier that gets the suffix.
type rename struct {
	at   int
	name string
}

// importEntry is an import specification that names no name. Where one stands, it
// is among those that change.
type importEntry struct {
	at   int // where the name goes
	name string
}

// Prepare reads the checks of a package and finds every name in them that must
// change. They are type-checked together with the reference solution, for which
// they were written; an error is a defect of the exercise.
func Prepare(pkg string, names []string, reference, tests map[string][]byte, imp types.Importer) (*Checks, error) {
	read, err := readFiles(pkg, imp, reference, tests)
	if err != nil {
		return nil, err
	}
	return read.checks(names, tests), nil
}

// checks finds what changes in the test files.
func (r *readings) checks(names []string, tests map[string][]byte) *Checks {
	changes := func(obj types.Object) bool { // at package level of the test files
		return obj.Pkg() == r.pkg && tests[place(r.fset, obj.Pos()).Filename] != nil && topLevel(obj)
	}
	c := &Checks{names: slices.Clone(names)}
	for _, name := range slices.Sorted(maps.Keys(tests)) {
		c.files = append(c.files, r.checkFile(name, tests[name], changes))
	}
	return c
}

// readings are files of an exercise, read and type-checked as one package.
type readings struct {
	fset  *token.FileSet
	trees map[string]*ast.File
	pkg   *types.Package
	info  *types.Info
}

func readFiles(pkg string, imp types.Importer, groups ...map[string][]byte) (*readings, error) {
	r := &readings{
		fset: token.NewFileSet(), trees: make(map[string]*ast.File),
		info: &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)},
	}
	var files []*ast.File
	for _, group := range groups {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			f, err := parser.ParseFile(r.fset, name, group[name], parser.SkipObjectResolution)
			if err != nil {
				return nil, fmt.Errorf("reading the exercise: %w", err)
			}
			files, r.trees[name] = append(files, f), f
		}
	}
	conf := types.Config{Importer: imp, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	var err error
	if r.pkg, err = conf.Check(pkg, r.fset, files, r.info); err != nil {
		return nil, fmt.Errorf("type-checking the exercise: %w", err)
	}
	return r, nil
}

// checkFile finds what changes in one file.
func (r *readings) checkFile(name string, src []byte, changes func(types.Object) bool) checkFile {
	f, fset := r.trees[name], r.fset
	cf := checkFile{name: name, src: src}
	cf.pkgName = edit{at: offset(fset, f.Name.Pos()), length: len(f.Name.Name), text: "main"}
	for _, spec := range f.Imports {
		if spec.Name == nil {
			p, _ := strconv.Unquote(spec.Path.Value) // it was parsed and resolved
			cf.imports = append(cf.imports, importEntry{offset(fset, spec.Path.Pos()), packageName(p)})
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || id == f.Name {
			return true
		}
		if obj := embedded(r.info.ObjectOf(id)); obj != nil && changes(obj) {
			cf.renames = append(cf.renames, rename{offset(fset, id.Pos()), id.Name})
		}
		return true
	})
	return cf
}

// topLevel reports whether the object is declared at package level, or a package
// that is imported under a name.
func topLevel(obj types.Object) bool {
	switch obj.Name() {
	case "_", ".", "init":
		return false
	}
	_, imported := obj.(*types.PkgName)
	return imported || obj.Parent() == obj.Pkg().Scope()
}

// embedded returns the type that an embedded field takes its name from, and any
// other object as it is.
func embedded(obj types.Object) types.Object {
	field, ok := obj.(*types.Var)
	if !ok || !field.Embedded() {
		return obj
	}
	t := field.Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if t, ok := t.(interface{ Obj() *types.TypeName }); ok {
		return t.Obj()
	}
	return obj
}

// packageName is the name under which the standard packages are known: the last
// element of the path, version elements apart.
func packageName(p string) string {
	if base := path.Base(p); len(base) > 1 && base[0] == 'v' && base[1] >= '0' && base[1] <= '9' {
		return path.Base(path.Dir(p))
	}
	return path.Base(p)
}

// source returns the file for one program: package main, its names and imports
// under the suffix.
func (cf checkFile) source(suffix string) []byte {
	return apply(cf.src, append(cf.hiding(suffix, suffix), cf.pkgName))
}

// hiding puts exported names under one suffix, and other ones and imports under
// another.
func (cf checkFile) hiding(exported, suffix string) []edit {
	var edits []edit
	for _, r := range cf.renames {
		ending := suffix
		if ast.IsExported(r.name) {
			ending = exported
		}
		edits = append(edits, edit{at: r.at, length: len(r.name), text: r.name + ending})
	}
	for _, i := range cf.imports {
		edits = append(edits, edit{at: i.at, text: i.name + suffix + " "})
	}
	return edits
}
