package exercises

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"slices"
	"strings"
)

// exampleName is the name of the implementation at the top of the bundle.
const exampleName = "example"

// implementations reads what a test is held against, and lists what keeps them
// from standing for one another.
func (b bundle) implementations(example Files) ([]Implementation, []Defect) {
	list := []Implementation{{Name: exampleName, Folder: ".", Sound: true, Files: example}}
	for _, dir := range []string{soundDir, brokenDir} {
		for _, name := range b.variants(dir) {
			folder := dir + "/" + name
			list = append(list, Implementation{Name: name, Folder: folder, Sound: dir == soundDir, Files: b.in(folder)})
		}
	}
	var defects []Defect
	for _, sound := range []bool{true, false} {
		if !slices.ContainsFunc(list[1:], func(i Implementation) bool { return i.Sound == sound }) {
			defects = append(defects, b.defect("", 0, "bundle.no_implementation", "folder", folderOf(sound)))
		}
	}
	if len(example) == 0 {
		return list, append(defects, b.defect("", 0, "bundle.no_example"))
	}
	for i, impl := range list {
		if slices.Contains(names(list[:i]), impl.Name) {
			defects = append(defects, b.defect(impl.Folder, 0, "bundle.same_name", "name", impl.Name))
		}
		defects = append(defects, b.standsFor(list[0], impl)...)
	}
	return list, defects
}

// standsFor reports what tells an implementation from the example without
// running it: the names of its files, and what it exports.
func (b bundle) standsFor(example, impl Implementation) []Defect {
	want, got := slices.Sorted(maps.Keys(example.Files)), slices.Sorted(maps.Keys(impl.Files))
	if !slices.Equal(got, want) {
		return []Defect{b.defect(impl.Folder, 0, "bundle.implementation_files",
			"name", impl.Name, "want", strings.Join(want, ", "), "got", strings.Join(got, ", "))}
	}
	var defects []Defect
	for _, file := range got {
		exports, line, reason := exported(file, impl.Files[file])
		if reason != "" {
			return append(defects, b.defect(impl.Folder+"/"+file, line, "bundle.implementation_syntax", "reason", reason))
		}
		same, _, _ := exported(file, example.Files[file])
		if at := exports.differs(same); at > 0 {
			defects = append(defects, b.defect(impl.Folder+"/"+file, at, "bundle.other_exports", "name", impl.Name))
		}
	}
	return defects
}

// exports is what a file exports: the text of each declaration, and its line.
type exports struct {
	texts  []string
	lines  []int
	clause int // the line of the package clause
}

// differs returns the line of the first declaration that is not the one in its
// place in another file, or 0; for one that is missing, the line of the package
// clause.
func (e exports) differs(other exports) int {
	for i, text := range e.texts {
		if i >= len(other.texts) || text != other.texts[i] {
			return e.lines[i]
		}
	}
	if len(e.texts) < len(other.texts) {
		return e.clause
	}
	return 0
}

// exported lists what a file exports, without the bodies of its functions and
// without comments; or the line and the reason why Go cannot read it.
func exported(name string, src []byte) (list exports, line int, reason string) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		line, reason = firstError(err)
		return exports{}, line, reason
	}
	ast.FileExports(f)
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
		var out bytes.Buffer
		printer.Fprint(&out, fset, decl) // a bytes.Buffer takes everything
		list.texts = append(list.texts, out.String())
		list.lines = append(list.lines, fset.Position(decl.Pos()).Line)
	}
	list.clause = fset.Position(f.Package).Line
	return list, 0, ""
}

func folderOf(sound bool) string {
	if sound {
		return soundDir
	}
	return brokenDir
}

// names lists the implementations' names.
func names(list []Implementation) []string {
	var all []string
	for _, impl := range list {
		all = append(all, impl.Name)
	}
	return all
}
