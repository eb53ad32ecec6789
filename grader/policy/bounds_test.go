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

// The type checker compares other names of types by all that they stand for, also
// beyond pointers, and writes an instance out whole to know it again. All of these
// would keep it busy for years, or need more memory than there is.
func TestBoundsGrowth(t *testing.T) {
	const pair = "type p[A, B any] struct{ a A; b B }\n\nfunc d[T any](x T) (q p[T, T]) { return }\n\n"
	inside := func(n int, open, last string) string {
		return strings.Repeat(open, n) + last + strings.Repeat(string("])"[strings.Count(open, "(")]), n)
	}
	imp := newImporter(t)
	for name, tt := range map[string]struct{ src, want string }{
		"aliases": {"type a0 = int\n" + doubling(40, "type a%[1]d = struct{ x, y *a%[2]d }", false) +
			"type b0 = int\n" + doubling(40, "type b%[1]d = struct{ x, y *b%[2]d }", false) +
			"func f(p a40) b40 { return p }\n", "policy.type search.go:15:6 name=a12"},
		"aliases of functions":    {"type a0 = int\n" + doubling(40, "type a%[1]d = func(x, y a%[2]d)", false), "policy.type search.go:15:6 name=a12"},
		"aliases through a type":  {"type a0 = int\n" + doubling(40, "type a%[1]d = map[a%[2]d]struct{ x a%[2]d }", false), "policy.type search.go:15:6 name=a12"},
		"instances of an alias":   {"type a[T any] = struct{ x, y *a0[T] }\ntype a0[T any] = struct{ x, y T }\nfunc f(" + inside(40, "a[", "int") + ") {}\n", "policy.instance search.go:5:8"},
		"instances of two":        {"type a[T, U any] = struct{ x, y *T; z U }\nfunc f(" + strings.Repeat("a[", 40) + "int" + strings.Repeat(", int]", 40) + ") {}\n", "policy.instance search.go:4:8"},
		"instances of one alias":  {"type a[T any] = struct{ x, y *T }\nfunc f(" + inside(40, "a[", "int") + ") {}\n", "policy.instance search.go:4:8"},
		"calls in calls":          {pair + "var _ = " + inside(30, "d(", "0") + "\n", "policy.generic search.go:7:47 name=d"},
		"calls after calls":       {pair + "func f() {\n\tx0 := 0\n" + doubling(30, "\tx%[1]d := d(x%[2]d)", false) + "}\n", "policy.generic search.go:28:9 name=d"},
		"calls by a restriction":  {pair + "func e[T any, F func(T) p[T, T]](x T) (f F) { return }\n\nvar _ = " + inside(30, "e(", "0") + "\n", "policy.generic search.go:9:29 name=e"},
		"a method comes back":     {pair + "type g[T any] struct{}\n\nfunc (x g[T]) next() (y g[p[T, T]]) { return }\n", "policy.generic search.go:9:9 name=g"},
		"a field comes back":      {pair + "type g[T any] struct{ next *h[p[T, T]] }\n\ntype h[T any] struct{ next *g[T] }\n", "policy.generic search.go:7:6 name=g"},
		"fields of other types":   {pair + "type g0[T any] struct{}\n" + doubling(30, "type g%[1]d[T any] struct{ next *g%[2]d[p[T, T]] }", false), "policy.generic search.go:28:6 name=g21"},
		"a sum":                   {"const s = \"" + kilobyte + "\"\n\nvar n = len(" + strings.Repeat("s + ", 1024) + "s)\n", "policy.sum search.go:5:13"},
		"as much as a sum may be": {"const s = \"" + kilobyte + "\"\n\nvar n = len(" + strings.Repeat("s + ", 1023) + "s)\n", ""},
		"a long chain":            {doubling(2000, "const c%[1]d = c%[2]d", true) + "const c0 = \"x\"\n", ""},
		"a long circle":           {doubling(2000, "const c%[1]d = c%[2]d + \"x\"", true) + "const c0 = c2000\n", "policy.constant search.go:2003:7 name=c0"},
	} {
		result := policy.Check(one("package search\n\n"+tt.src), rules(imp))
		if t.Log(name); tt.want == "" {
			compare(t, result.Refusals)
			compare(t, result.Errors)
			continue
		}
		compare(t, result.Refusals, tt.want)
	}
}

// What people write.
func TestBoundsNoHonestGenerics(t *testing.T) {
	const src = `package search

import (
	"cmp"
	"iter"
	"sync"
)

type Server struct{ first, last handler }

type handler = func(before, after *Server) handlers

type handlers []func(*Server)

type Cache[K comparable, V any] struct {
	mu   sync.RWMutex
	load func(K) (V, error)
	m    map[K]entry[K, V]
	head *entry[K, V]
}

type entry[K comparable, V any] struct {
	key        K
	value      V
	prev, next *entry[K, V]
}

func NewCache[K comparable, V any](load func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{load: load, m: make(map[K]entry[K, V])}
}

func (c *Cache[K, V]) Get(k K) (V, bool) { e, ok := c.m[k]; return e.value, ok }

func (c *Cache[K, V]) Snapshot() map[K]V { return nil }

func (c *Cache[K, V]) All() iter.Seq2[K, V] { return nil }

type pair[A, B any] struct { a A; b B }

type edge[N comparable] struct { ends pair[N, N]; next *edge[N] }

func (e *edge[N]) both() pair[N, N] { return e.ends }

type tree[T cmp.Ordered] struct { value T; left, right *tree[T]; less func(a, b T) bool }

func Map[T, U any](in []T, f func(T) U) []U { return nil }

func sortBy[S ~[]E, E any, K cmp.Ordered](s S, key func(E) K) S { return s }

func memo[K comparable, V any](f func(K) V) func(K) V { return f }

var cache = NewCache[string, Cache[int, []string]](nil)

var length = memo(func(s string) int { return len(s) })
`
	result := policy.Check(one(src), rules(newImporter(t)))
	compare(t, result.Refusals)
	compare(t, result.Errors)
}
