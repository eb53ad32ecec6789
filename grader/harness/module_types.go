package harness

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"runtime"
	"slices"

	"manche/grader/policy"
)

// maxComplaints is how many errors are worth reading.
const maxComplaints = 10

// CheckTypes reads and type-checks a package of somebody's own, in the language
// of its module's release ("1.26"). No policy holds for it; what cgo declares is
// believed: of a package that uses it only errors of syntax are complained of,
// and the rest is left to the compiler.
func CheckTypes(name, release string, files map[string][]byte, imp types.Importer) (*policy.Package, []policy.Complaint) {
	pkg := &policy.Package{Fset: token.NewFileSet(), Sources: files, Files: make(map[string]*ast.File), Info: newInfo()}
	var said []policy.Complaint
	say := func(at token.Position, key, message string) {
		if len(said) < maxComplaints {
			said = append(said, policy.Complaint{
				Key: key, Params: map[string]string{"message": message}, File: at.Filename, Line: at.Line, Column: at.Column,
			})
		}
	}
	var trees []*ast.File
	for _, file := range slices.Sorted(maps.Keys(files)) {
		f, err := parser.ParseFile(pkg.Fset, file, files[file], parser.ParseComments|parser.SkipObjectResolution)
		var list scanner.ErrorList
		errors.As(err, &list)
		for _, e := range list {
			say(e.Pos, "build.syntax", e.Msg)
		}
		pkg.Files[file], trees = f, append(trees, f)
	}
	if len(said) > 0 {
		return pkg, said
	}
	conf := types.Config{
		Importer: imp, GoVersion: goVersion(release), Sizes: types.SizesFor("gc", runtime.GOARCH), FakeImportC: true,
		Error: func(err error) {
			if e, ok := errors.AsType[types.Error](err); ok {
				say(e.Fset.Position(e.Pos), "build.types", e.Msg)
			}
		},
	}
	pkg.Types, _ = conf.Check(name, pkg.Fset, trees, pkg.Info) // its errors were said
	if slices.ContainsFunc(trees, importsC) {
		return pkg, nil
	}
	return pkg, said
}

// goVersion is a release as the type checker names it; none is the newest.
func goVersion(release string) string {
	if release == "" {
		return ""
	}
	return "go" + release
}

func newInfo() *types.Info {
	return &types.Info{
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Implicits:    make(map[ast.Node]types.Object),
		Scopes:       make(map[ast.Node]*types.Scope),
		Instances:    make(map[*ast.Ident]types.Instance),
		FileVersions: make(map[*ast.File]string),
	}
}
