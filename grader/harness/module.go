package harness

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"path"
	"path/filepath"
	"strings"

	"manche/grader/policy"
)

// Module is a package in the module of its owner, who has it judged by its own
// tests. Paths of files are absolute, in the form of the host.
type Module struct {
	Name      string // of the package
	Path      string // of the module
	Root      string // folder of the module
	GoVersion string // of the module: "1.26"
	Dir       string // folder of the package
	// Code are its files other than tests by name, and Package is what
	// [CheckTypes] made of them.
	Code    map[string][]byte
	Package *policy.Package
	// Tests are its test files by name, External those of the package with
	// "_test" at the end of its name.
	Tests, External map[string][]byte
}

// virtual is the folder of the driver in the owner's module. It exists only for
// the build, as an overlay.
const virtual = "zz_manche"

// takeFile is the generated file that gives the tests to the driver where no
// TestMain of the owner's does.
const takeFile = "zz_manche_test.go"

// MainCheck is the name of the one check of a program without tests: that it
// runs. Such a check can run only once in a process.
const MainCheck = "main"

// Program puts the package and the driver together: in place, as an overlay for
// the go command, so that embedded files, cgo and the package's imports stay as
// they are. The keys of its Files are absolute paths. It fails where the tests
// cannot be read.
func (m *Module) Program() (*Program, error) {
	p := &Program{Files: make(map[string][]byte), suffix: newSuffix(), own: m}
	if err := m.addDriver(p.Files); err != nil {
		return nil, err
	}
	begun := started(m.Package)
	for name, f := range m.Package.Files {
		if src := m.instrument(name, f, p.suffix, begun); src != nil {
			p.Files[filepath.Join(m.Dir, name)] = src
		}
	}
	tests, err := m.readTests()
	if err != nil {
		return nil, err
	}
	p.Checks = tests.names
	return p, tests.take(m, p)
}

// addDriver adds the driver's sources under import paths of the owner's module.
func (m *Module) addDriver(files map[string][]byte) error {
	sources, err := DriverSources()
	if err != nil {
		return err
	}
	for pkg, group := range sources {
		for name, src := range group {
			if text := m.adapt(name, string(src)); text != "" {
				files[filepath.Join(m.Root, virtual, path.Base(pkg), name)] = []byte(text)
			}
		}
	}
	return nil
}

// elsewhereTag parts what the driver does in a module of somebody else from what it
// does in ours.
const elsewhereTag = "manche_module"

// adapt turns a file of the driver into one of the owner's module, written in
// the language of our Go release whatever that of the module; "" where it has no
// place there. The assembler needs real files.
func (m *Module) adapt(name, src string) string {
	const release = "go1.26"
	if path.Ext(name) != ".go" {
		return ""
	}
	src = strings.ReplaceAll(src, `"`+path.Dir(DriverPath)+"/", `"`+m.Path+"/"+virtual+"/")
	if rest, ok := strings.CutPrefix(src, "//go:build "); ok {
		line, rest, _ := strings.Cut(rest, "\n")
		line = strings.ReplaceAll(line, elsewhereTag, release) // which holds there
		return "//go:build (" + line + ") && " + release + "\n" + rest
	}
	return "//go:build " + release + "\n\n" + src
}

// driverPath is the import path of the driver in the owner's module.
func (m *Module) driverPath() string { return m.Path + "/" + virtual + "/driver" }

// instrument puts the driver's calls into a file, on the same lines; nil where
// there is nothing to put in. A file that is made from another one says so with
// line directives, and stays as it is.
func (m *Module) instrument(name string, f *ast.File, suffix string, begun map[types.Object]bool) []byte {
	if elsewhere(f) || importsC(f) {
		return nil
	}
	alias := "driver" + suffix
	edits := yields(m.Package, f, alias, begun)
	if version.Compare("go"+m.GoVersion, "go1.18") >= 0 { // the calls need type parameters
		edits = append(edits, lockCalls(m.Package, f, alias)...)
	}
	if m.Name == "main" {
		edits = append(edits, exits(m.Package, f, alias)...)
	}
	if len(edits) == 0 {
		return nil
	}
	at := offset(m.Package.Fset, f.Name.End())
	edits = append(edits, edit{at: at, text: "; import " + alias + ` "` + m.driverPath() + `"`})
	return apply(m.Package.Sources[name], edits)
}

// elsewhere reports whether the file has line directives.
func elsewhere(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//line ") || strings.HasPrefix(c.Text, "/*line ") {
				return true
			}
		}
	}
	return false
}

// importsC reports whether the file is cgo's.
func importsC(f *ast.File) bool {
	for _, spec := range f.Imports {
		if spec.Path.Value == `"C"` {
			return true
		}
	}
	return false
}

// exits turns each os.Exit(code) of a program into a call of the driver, so that
// what the program leaves behind can still be looked at.
func exits(sub *policy.Package, f *ast.File, driver string) []edit {
	var edits []edit
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if fn, ok := sub.Info.Uses[sel.Sel].(*types.Func); ok && fn.FullName() == "os.Exit" {
			really := string(sourceOf(sub, sel.Pos(), sel.End()))
			edits = append(edits, edit{at: offset(sub.Fset, sel.Pos()), length: len(really), text: driver + ".Exit"},
				edit{at: offset(sub.Fset, call.Lparen+1), text: really + ", "})
		}
		return true
	})
	return edits
}

// sourceOf is the text between two places of a file.
func sourceOf(sub *policy.Package, from, to token.Pos) []byte {
	at := place(sub.Fset, from)
	return sub.Sources[at.Filename][at.Offset:offset(sub.Fset, to)]
}

// takeSource is the generated file, in the package of this name.
func (m *Module) takeSource(pkg, suffix string, program bool) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\tdriver%[2]s %[3]q\n\tos%[2]s \"os\"\n\ttesting%[2]s \"testing\"\n)\n\n", pkg, suffix, m.driverPath())
	fmt.Fprintf(&b, "func TestMain(m *testing%s.M) {\n", suffix)
	if program {
		fmt.Fprintf(&b, "\tdriver%[1]s.Take(m, testing%[1]s.InternalTest{Name: %[2]q, F: func(t *testing%[1]s.T) {\n", suffix, MainCheck)
		fmt.Fprintf(&b, "\t\tif code := driver%s.Program(main); code != 0 {\n\t\t\tt.Errorf(\"exit code %%d\", code)\n\t\t}\n\t}})\n", suffix)
	} else {
		fmt.Fprintf(&b, "\tdriver%s.Take(m)\n", suffix)
	}
	fmt.Fprintf(&b, "\tos%s.Exit(m.Run())\n}\n", suffix)
	return []byte(b.String())
}
