package exercises_test

import (
	"testing"
	"testing/fstest"
)

// apartMistakes are mistakes in the reference, or in the checks, of an exercise whose
// checks run in a process of their own.
var apartMistakes = []mistake{
	{"checks apart that prove overlap", apartWith("", "", `concurrent = ["TestOne"]`),
		"small_test.go:9 bundle.real_time name=TestOne; exercise.toml:5 spec.apart_concurrent"},
	{"a channel", apartWith("func F(c chan int) {}", "", ""), "small.go:6 bundle.apart_data name=F type=chan int"},
	{"a function", apartWith("func F() (_ func()) { return nil }", "", ""), "small.go:6 bundle.apart_data name=F type=func()"},
	{"a pointer in a slice", apartWith("func F(a, b []*int) {}", "", ""),
		"small.go:6 bundle.apart_data name=F type=[]*int"},
	{"any", apartWith("func F(x map[string]any) {}", "", ""), "small.go:6 bundle.apart_data name=F type=map[string]any"},
	{"a context", apartWith("func F(ctx context.Context) {}", "", ""), "small.go:6 bundle.apart_data name=F type=context.Context"},
	{"a field that is not exported", apartWith("type T struct{ a int }; func F(t T) {}", "", ""), "small.go:6 bundle.apart_data name=F type=T"},
	{"a type parameter", apartWith("func F[T any](t T) {}", "", ""), "small.go:6 bundle.apart_data name=F type=T"},
	{"a method", apartWith("type T int; func (t T) M() {}", "", ""), "small.go:6 bundle.apart_method name=M"},
	{"checks apart in virtual time", apartWith("", `import "testing/synctest"; var _ = synctest.Wait`, ""), "small_test.go:5 bundle.apart_time"},
	{"a function within", apartWith("func f() {}", "var _ = f", ""), "small_test.go:5 bundle.apart_inside name=f"},
	{"a variable within", apartWith("var V int", "func init() { V++ }", ""), "small_test.go:5 bundle.apart_inside name=V"},
}

// apartWith is a small bundle with its checks in a process of their own, and with
// more in its reference, its checks and its spec.
func apartWith(reference, checks, spec string) func(*testing.T, fstest.MapFS) {
	return func(t *testing.T, fsys fstest.MapFS) {
		edit(t, fsys, "x/exercise.toml", `package = "small"`, "package = \"small\"\ndriver = \"apart\"\n"+spec)
		edit(t, fsys, "x/small.go", "package small\n", "package small\n\nimport (\"context\"; \"time\")\n\n"+reference+"\n")
		edit(t, fsys, "x/small_test.go", "import \"testing\"\n", "import \"testing\"\n\n"+checks+"\n")
	}
}

func TestPlainDataGoesApart(t *testing.T) {
	fsys := small("x")
	apartWith(`
const N = 3
type Tally struct { Word string; Times [N]int; Below []Tally }
func F(a []string, b map[string]Tally, c time.Duration, d ...complex128) (int, error) { return within, nil }
var within = 2`, "var _, _ = F(nil, map[string]Tally{\"\": {}}, N)", "")(t, fsys)
	if ex := lookup(t, fsys, "x"); !ex.Apart {
		t.Error("Apart = false, want true")
	}
}
