package policy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"

	"manche/exercises"
)

// testers are the packages that a test may import beyond the standard list.
var testers = []string{"go.uber.org/goleak", "testing", "testing/synctest"}

// tellers are the packages of the standard list that a test may not import: they
// put into text what a value is made of, or where in its source a goroutine is,
// and what is under test must be known by what it does. A test prints by its t.
var tellers = []string{"fmt", "golang.org/x/sync/singleflight", "log/slog"}

// testMembers lists, of the packages for tests, what may be used; methods are
// members too. What is left out speaks to whoever runs the tests, or, like
// goleak.Find, gives the test the text of a stack.
var testMembers = map[string][]string{
	"go.uber.org/goleak": {"IgnoreCurrent", "VerifyNone"},
	"testing": {
		"T", "TB", "Cleanup", "Context", "Error", "Errorf", "Fail", "FailNow", "Failed", "Fatal", "Fatalf", "Helper",
		"Log", "Logf", "Name", "Run",
	},
}

// testMember refuses what a test may not use of the packages for tests.
func (c *checker) testMember(id *ast.Ident, obj types.Object) {
	list, partly := testMembers[obj.Pkg().Path()]
	if !c.rules.Tests || !partly || slices.Contains(list, obj.Name()) {
		return
	}
	owner := obj.Pkg().Name()
	if obj.Parent() != obj.Pkg().Scope() {
		owner = "t" // a method
	}
	c.refuse(id.Pos(), "member", "name", owner+"."+obj.Name())
}

// imports reports whether a submission may import the package.
func (c *checker) imports(path string) bool {
	if !c.rules.Tests {
		return slices.Contains(standard, path)
	}
	return slices.Contains(testers, path) || slices.Contains(standard, path) && !slices.Contains(tellers, path)
}

// testName matches what go test would take for its own.
var testName = regexp.MustCompile(`^(Test|Benchmark|Fuzz|Example)($|[^a-z])`)

// testFunc holds a function against what may bear such a name: nothing in an
// answer, and in a test only what will run.
func (c *checker) testFunc(fn *ast.FuncDecl) {
	name := fn.Name.Name
	switch {
	case fn.Recv != nil || !testName.MatchString(name):
	case !c.rules.Tests:
		c.refuse(fn.Name.Pos(), "test_name", "name", name)
	case !exercises.IsCheck(name) || !takesT(fn):
		c.refuse(fn.Name.Pos(), "not_run", "name", name)
	default:
		c.tests++
	}
}

// takesT reports whether a function has the form of a test: one parameter
// *testing.T, no result, no type parameter.
func takesT(fn *ast.FuncDecl) bool {
	params := fn.Type.Params.List
	if fn.Type.Results != nil || fn.Type.TypeParams != nil || len(params) != 1 || len(params[0].Names) > 1 {
		return false
	}
	star, ok := params[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	sel, ok := star.X.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "T"
}

// beside parses the files that the submission is compiled with. They are ours:
// an error in them is one that the type checker will tell of.
func (c *checker) beside() []*ast.File {
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(c.rules.Beside)) {
		if f, err := parser.ParseFile(c.pkg.Fset, name, c.rules.Beside[name], parser.SkipObjectResolution); err == nil {
			files = append(files, f)
		}
	}
	return files
}

// keepOwn leaves out the errors in the files beside the submission where it has
// some of its own: those only say what its own collide with.
func (c *checker) keepOwn() {
	own := slices.DeleteFunc(slices.Clone(c.errors), func(e Complaint) bool { return c.rules.Beside[e.File] != nil })
	if len(own) > 0 {
		c.errors = own
	}
}

// given reports whether an object is declared in the files beside the submission.
func (c *checker) given(obj types.Object) bool {
	return c.rules.Beside[c.pkg.Fset.PositionFor(obj.Pos(), false).Filename] != nil
}

// leakChecks refuses each use of goleak.VerifyNone that is not a call with the
// test's own t: anything else could be handed the text of the stacks. The driver
// adds an option to the call, so its options must stand there one by one.
func (c *checker) leakChecks(f *ast.File) {
	sound := make(map[*ast.Ident]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if VerifiesNone(c.pkg.Info, n) && n.Ellipsis == token.NoPos && c.isT(n.Args[0]) {
				sound[n.Fun.(*ast.SelectorExpr).Sel] = true
			}
		case *ast.Ident:
			if fn, ok := c.pkg.Info.Uses[n].(*types.Func); ok && fn.FullName() == verifyNone && !sound[n] {
				c.refuse(n.Pos(), "verify_none")
			}
		}
		return true
	})
}

const verifyNone = "go.uber.org/goleak.VerifyNone"

// VerifiesNone reports whether a call is one of goleak.VerifyNone, with an
// argument.
func VerifiesNone(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	fn, ok := info.Uses[sel.Sel].(*types.Func)
	return ok && fn.FullName() == verifyNone
}

// isT reports whether an expression is a *testing.T.
func (c *checker) isT(e ast.Expr) bool {
	ptr, ok := c.pkg.Info.TypeOf(e).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := ptr.Elem().(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "testing" && named.Obj().Name() == "T"
}
