package policy_test

import (
	"fmt"
	"strings"
	"testing"

	"manche/grader/policy"
)

// doubling writes n declarations, each of twice the one before, in this order or
// from the last to the first. form has the name and the one before, twice.
func doubling(n int, form string, backwards bool) string {
	lines := make([]string, n)
	for i := range n {
		at := i
		if backwards {
			at = n - 1 - i
		}
		lines[at] = fmt.Sprintf(form, i+1, i)
	}
	return strings.Join(lines, "\n") + "\n"
}

// kilobyte is the text of a string constant.
var kilobyte = strings.Repeat("k", 1<<10)

// Ten times twice a kilobyte is as much as a constant may have.
func TestBoundsConstants(t *testing.T) {
	const form = "const c%[1]d = c%[2]d + c%[2]d"
	first := "const c0 = \"" + kilobyte + "\"\n"
	imp := newImporter(t)
	for name, tt := range map[string]struct{ src, want string }{
		"as much as may be":  {first + doubling(10, form, false), ""},
		"a byte more":        {first + doubling(10, form, false) + "const d = c10 + \"x\"\n", "search.go:14:7 name=d"},
		"twice as much":      {first + doubling(11, form, false), "search.go:14:7 name=c11"},
		"from the last":      {doubling(11, form, true) + first, "search.go:3:7 name=c11"},
		"inside":             {"func f() {\n" + first + doubling(11, form, false) + "}\n", "search.go:15:7 name=c11"},
		"a repeated line":    {"const (\n\ta = \"" + kilobyte + "\"\n\tc0\n)\n" + doubling(11, form, false), "search.go:17:7 name=c11"},
		"more names at once": {"const a, c0 = 1, \"" + kilobyte + "\"\n" + doubling(11, form, false), "search.go:14:7 name=c11"},
		"numbers":            {"const c0 = 1\n" + doubling(30, form, false), ""},
	} {
		result := policy.Check(one("package search\n\n"+tt.src), rules(imp))
		if t.Log(name); tt.want == "" {
			compare(t, result.Refusals)
			continue
		}
		compare(t, result.Refusals, "policy.constant "+tt.want)
	}
	// What never ends growing is an error of types, and no endless search.
	result := policy.Check(one("package search\n\nconst a = a + \"x\"\n"), rules(imp))
	if compare(t, result.Refusals); len(result.Errors) == 0 {
		t.Error("a constant of itself: got no error")
	}
}

// A type of eleven doublings has 4095 parts.
func TestBoundsTypes(t *testing.T) {
	const form = "type t%[1]d struct{ a, b t%[2]d }"
	const first = "type t0 struct{}\n"
	imp := newImporter(t)
	for name, tt := range map[string]struct{ src, want string }{
		"as much as may be": {first + doubling(11, form, false), ""},
		"twice as much":     {first + doubling(12, form, false), "search.go:15:6 name=t12"},
		"from the last":     {doubling(12, form, true) + first, "search.go:3:6 name=t12"},
		"inside":            {"func f() {\n" + first + doubling(12, form, false) + "}\n", "search.go:16:6 name=t12"},
		"arrays":            {first + doubling(12, "type t%[1]d struct{ a, b [2]t%[2]d }", false), "search.go:15:6 name=t12"},
		"fields":            {first + doubling(12, "type t%[1]d struct { a t%[2]d; b t%[2]d }", false), "search.go:15:6 name=t12"},
		"pointers":          {first + doubling(20, "type t%[1]d struct{ a, b *t%[2]d }", false), ""},
		"slices":            {first + doubling(20, "type t%[1]d struct{ a, b []t%[2]d }", false), ""},
		"maps":              {first + doubling(20, "type t%[1]d struct{ a, b map[int]t%[2]d }", false), ""},
		"channels":          {first + doubling(20, "type t%[1]d struct{ a, b chan t%[2]d }", false), ""},
		"functions":         {first + doubling(20, "type t%[1]d struct{ a, b func(t%[2]d) }", false), ""},
	} {
		result := policy.Check(one("package search\n\n"+tt.src), rules(imp))
		if t.Log(name); tt.want == "" {
			compare(t, result.Refusals)
			compare(t, result.Errors)
			continue
		}
		compare(t, result.Refusals, "policy.type "+tt.want)
	}
	result := policy.Check(one("package search\n\ntype a struct{ x a }\n"), rules(imp))
	if compare(t, result.Refusals); len(result.Errors) == 0 {
		t.Error("a type in itself: got no error")
	}
}

// Complaints come as they stand in the file, whichever rule finds them first.
func TestComplaintsAreInOrder(t *testing.T) {
	imp := newImporter(t)
	compare(t, policy.Check(one("package search\n\nimport \"os\"\n\n//go:norace\nfunc f() {}\n"), rules(imp)).Refusals,
		"policy.import search.go:3:8 path=os", "policy.directive search.go:5:1 text=//go:norace")
	compare(t, policy.Check(one("package search\n\nimport \"io\"\n\nvar x = y\n"), rules(imp)).Errors,
		`build.types search.go:3:8 message="io" imported and not used`, "build.types search.go:5:9 message=undefined: y")
	// What is refused for its syntax does not come to the type checker.
	refused := policy.Check(one("package search\n\nimport \"os\"\n\nvar x = y\n"), rules(imp))
	compare(t, refused.Refusals, "policy.import search.go:3:8 path=os")
	compare(t, refused.Errors)
	compare(t, policy.Check(one("package search\n\nvar x = \"\uFFFD\"\n\nvar y = \"\xff\"\n"), rules(imp)).Refusals,
		"policy.utf8 search.go:5:0")
}

// The owner of a package need not keep the rules; it must compile all the same.
func TestOwnPackages(t *testing.T) {
	r := rules(newImporter(t))
	r.Own = true
	result := policy.Check(one("package search\n\nimport \"runtime\"\n\nfunc TestX() { runtime.GC() }\n"), r)
	compare(t, result.Refusals)
	compare(t, result.Errors)
	if result.Package == nil {
		t.Error("no package")
	}
	if result = policy.Check(one("package search\n\nvar x = y\n"), r); result.Package != nil {
		t.Error("a package with errors")
	}
}
