package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// repository is the root, from this folder.
const repository = "../.."

// module is the path that our own imports begin with.
const module = "manche"

func TestArchitecture(t *testing.T) {
	found, err := breaches(os.DirFS(repository))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Error(v)
	}
}

// source is one Go file that is no test.
type source struct {
	folder, path string
	lines        int
	fset         *token.FileSet
	file         *ast.File
}

// at is where a node stands.
func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(n.Pos()).Line)
}

// bundle reports whether the file belongs to an exercise: it is written for
// learners, and imports what it needs.
func (s source) bundle() bool { return strings.HasPrefix(s.folder, "exercises/") }

// breaches lists what breaks the rules of the house, with file and line.
func breaches(fsys fs.FS) ([]string, error) {
	sources, err := readSources(fsys)
	if err != nil {
		return nil, err
	}
	found := append(strangers(fsys), unwatched(fsys, sources)...)
	documented := make(map[string]bool)
	for _, s := range sources {
		found = append(found, s.imports()...)
		found = append(found, s.sizes()...)
		found = append(found, s.sleeps()...)
		documented[s.folder] = documented[s.folder] || s.file.Doc != nil
	}
	for folder, ok := range documented {
		if !ok {
			found = append(found, folder+": no file has a package comment")
		}
	}
	slices.Sort(found)
	return found, nil
}

// readSources parses every Go file that is no test, folders named testdata left
// out.
func readSources(fsys fs.FS) ([]source, error) {
	var all []source
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		s := source{folder: path.Dir(name), path: name, lines: bytes.Count(raw, []byte("\n")), fset: token.NewFileSet()}
		s.file, err = parser.ParseFile(s.fset, name, raw, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, s)
		return err
	})
	return all, err
}

// strangers lists what stands at the root and has no place there.
func strangers(fsys fs.FS) []string {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) {
			found = append(found, e.Name()+": has no place at the root")
		}
	}
	return found
}

// imports holds the file's imports against the arrows, the owners and the names.
func (s source) imports() []string {
	var found []string
	for _, spec := range s.file.Imports {
		target, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			target = spec.Path.Value
		}
		if fault := s.importFault(target); fault != "" {
			found = append(found, s.at(spec)+": "+fault)
		}
	}
	return found
}

// importFault says what is wrong with one import, if anything.
func (s source) importFault(target string) string {
	ours, isOurs := strings.CutPrefix(target, module+"/")
	switch {
	case isOurs && slices.Contains(vague, path.Base(target)):
		return fmt.Sprintf("the name of package %s does not say what it provides", target)
	case isOurs && !mayImport(s.folder, ours):
		return fmt.Sprintf("%s does not import %s: the arrows forbid it", s.folder, ours)
	}
	if s.bundle() {
		return ""
	}
	for _, o := range owners {
		if matches(o.of+"/...", target) && !matchesAny(o.by, s.folder) {
			return fmt.Sprintf("%s belongs to %s", target, strings.Join(o.by, ", "))
		}
	}
	for _, p := range pure {
		if matches(p.folder+"/...", s.folder) && slices.Contains(p.no, target) {
			return fmt.Sprintf("%s is pure, and does without %s", p.folder, target)
		}
	}
	return ""
}

// mayImport reads the arrows.
func mayImport(folder, ours string) bool {
	for _, a := range arrows {
		if matches(a.from, folder) {
			return ours != a.not && matchesAny(a.to, ours)
		}
	}
	return false
}

// matches reports whether a folder or import path fits a pattern.
func matches(pattern, name string) bool {
	tree, whole := strings.CutSuffix(pattern, "...")
	tree = strings.TrimSuffix(tree, "/")
	return name == tree || whole && (tree == "" || strings.HasPrefix(name, tree+"/"))
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

// sizes reports files and functions that are too long to read.
func (s source) sizes() []string {
	if ast.IsGenerated(s.file) {
		return nil
	}
	var found []string
	if s.lines > maxFileLines {
		found = append(found, fmt.Sprintf("%s: %d lines, more than %d", s.path, s.lines, maxFileLines))
	}
	for _, decl := range s.file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		lines := s.fset.Position(fn.End()).Line - s.fset.Position(fn.Pos()).Line + 1
		if lines > maxFunctionLines {
			found = append(found, fmt.Sprintf("%s: %s has %d lines, more than %d", s.at(fn), fn.Name.Name, lines, maxFunctionLines))
		}
	}
	return found
}

// sleeps reports uses of time.Sleep, under whatever name time is imported.
func (s source) sleeps() []string {
	local := ""
	for _, spec := range s.file.Imports {
		if spec.Path.Value == `"time"` {
			local = "time"
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	var found []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		var used bool
		switch n := n.(type) {
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			used = ok && pkg.Name == local && n.Sel.Name == "Sleep"
		case *ast.Ident:
			used = local == "." && n.Name == "Sleep"
		}
		if used {
			found = append(found, s.at(n)+": time.Sleep orders nothing")
		}
		return true
	})
	return found
}
