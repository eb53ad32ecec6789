package policy_test

import (
	"fmt"
	"go/types"
	"strings"
	"testing"

	"manche/grader/policy"
)

func TestRefusesUniverseNamesAtPackageLevel(t *testing.T) {
	imp := newImporter(t)
	for _, name := range types.Universe.Names() {
		for _, decl := range []string{
			"var %s = 1", "const %s = 1", "func %s() {}", "type %s struct{}", "type %s = struct{}", "var a, %s = 1, 2",
		} {
			src := "package search\n\n" + fmt.Sprintf(decl, name) + "\n"
			at := strings.Index(decl, "%s") + 1
			compare(t, policy.Check(one(src), rules(imp)).Refusals, fmt.Sprintf("policy.universe search.go:3:%d name=%s", at, name))
		}
	}
}

func TestAllowsUniverseNamesInside(t *testing.T) {
	src := `package search

type T struct{ len, error int }

func (T) close() {}

func f(nil int, true bool) (len int) {
	close := func() {}
	close()
	var error, any = nil, true
	_, _ = error, any
	type string struct{ cap int }
	_ = string{cap: T{len: 1}.len}
	for min := range 3 {
		len += min
	}
	return len
}
`
	result := policy.Check(one(src), rules(newImporter(t)))
	compare(t, result.Refusals)
	compare(t, result.Errors)
}

func TestRefusesMembers(t *testing.T) {
	tests := []struct{ pkg, use, want string }{
		{"runtime", "runtime.Goexit()", "policy.member search.go:6:10 name=runtime.Goexit"},
		{"runtime", "runtime.LockOSThread()", "policy.member search.go:6:10 name=runtime.LockOSThread"},
		{"runtime", "runtime.GC()", "policy.member search.go:6:10 name=runtime.GC"},
		{"runtime", "runtime.Stack(nil, true)", "policy.member search.go:6:10 name=runtime.Stack"},
		{"runtime", "runtime.Callers(0, nil)", "policy.member search.go:6:10 name=runtime.Callers"},
		{"runtime", "runtime.SetFinalizer(new(int), nil)", "policy.member search.go:6:10 name=runtime.SetFinalizer"},
		{"runtime", "runtime.ReadMemStats(nil)", "policy.member search.go:6:10 name=runtime.ReadMemStats"},
		{"runtime", "f := runtime.Goexit; f()", "policy.member search.go:6:15 name=runtime.Goexit"},
		{"runtime", "defer (runtime.Goexit)()", "policy.member search.go:6:17 name=runtime.Goexit"},
		{"runtime", "var m runtime.MemStats; _ = m", "policy.member search.go:6:16 name=runtime.MemStats"},
		{"runtime", "runtime.MemProfileRate++", "policy.foreign_write search.go:6:2 name=runtime.MemProfileRate; policy.member search.go:6:10 name=runtime.MemProfileRate"},
		{"log/slog", "slog.SetDefault(nil)", "policy.member search.go:6:7 name=slog.SetDefault"},
		{"log/slog", "slog.SetLogLoggerLevel(0)", "policy.member search.go:6:7 name=slog.SetLogLoggerLevel"},
	}
	imp := newImporter(t)
	for _, tt := range tests {
		t.Run(tt.use, func(t *testing.T) {
			src := fmt.Sprintf("package search\n\nimport %q\n\nfunc f() {\n\t%s\n}\n", tt.pkg, tt.use)
			result := policy.Check(one(src), rules(imp))
			if len(result.Refusals) == 0 {
				t.Fatalf("got no refusal, errors %q", say(result.Errors))
			}
			compare(t, result.Refusals, strings.Split(tt.want, "; ")...)
		})
	}
	renamed := "package search\n\nimport r \"runtime\"\n\nfunc f() { r.Goexit() }\n"
	compare(t, policy.Check(one(renamed), rules(imp)).Refusals, "policy.member search.go:5:14 name=runtime.Goexit")
}

// Of a package that is only partly harmless, what is not named here is refused.
func TestRefusesAllOtherMembers(t *testing.T) {
	harmless := map[string]bool{
		"GOMAXPROCS": true, "Gosched": true, "KeepAlive": true, "NumCPU": true, "NumGoroutine": true,
		"GOOS": true, "GOARCH": true, "Version": true,
	}
	imp := newImporter(t)
	pkg, err := imp.Import("runtime")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() || harmless[name] {
			continue
		}
		use := "var x = runtime." + name
		if _, ok := obj.(*types.TypeName); ok {
			use = "type X struct{ f runtime." + name + " }"
		}
		refusals := say(policy.Check(one("package search\n\nimport \"runtime\"\n\n"+use+"\n"), rules(imp)).Refusals)
		if len(refusals) != 1 || !strings.HasSuffix(refusals[0], " name=runtime."+name) {
			t.Errorf("runtime.%s: got %q, want one refusal", name, refusals)
		}
	}
	// A package of the learner's that has the same name has members of its own.
	r := rules(imp)
	r.Package = "runtime"
	compare(t, policy.Check(one("package runtime\n\nfunc Stop() {}\n\nvar _ = Stop\n"), r).Refusals)
}

func TestAllowsListedMembers(t *testing.T) {
	imp := newImporter(t)
	for path, names := range policy.Members {
		for _, name := range names {
			src := fmt.Sprintf("package search\n\nimport p %q\n\nvar _ = p.%s\n", path, name)
			result := policy.Check(one(src), rules(imp))
			compare(t, result.Refusals)
			compare(t, result.Errors)
		}
	}
}

func TestRefusesForeignWrites(t *testing.T) {
	tests := []struct{ stmt, column, name string }{
		{"io.EOF = nil", "2", "io.EOF"},
		{"(io.EOF) = nil", "2", "io.EOF"},
		{"_, io.EOF = 1, nil", "5", "io.EOF"},
		{"p := &io.EOF; _ = p", "8", "io.EOF"},
		{"p := &(io.EOF); _ = p", "8", "io.EOF"},
		{"for _, io.EOF = range []error{nil} {}", "9", "io.EOF"},
		{"select { case io.EOF = <-make(chan error): default: }", "16", "io.EOF"},
		{"if io.EOF = nil; true {}", "5", "io.EOF"},
		{"func() { io.EOF = nil }()", "11", "io.EOF"},
		{"*time.Local = time.Location{}", "2", "time.Local"},
		{"unicode.Letter.LatinOffset = 1", "2", "unicode.Letter"},
		{"unicode.Letter.LatinOffset += 1", "2", "unicode.Letter"},
		{"unicode.Letter.LatinOffset++", "2", "unicode.Letter"},
		{"unicode.Letter.LatinOffset--", "2", "unicode.Letter"},
		{"unicode.Letter.R16[0].Lo |= 1", "2", "unicode.Letter"},
		{"(*(unicode.Letter)).R16[0] = unicode.Range16{}", "2", "unicode.Letter"},
		{"unicode.Categories[\"L\"] = nil", "2", "unicode.Categories"},
		{"p := &unicode.Letter.R16[0]; _ = p", "8", "unicode.Letter"},
	}
	imp := newImporter(t)
	for _, tt := range tests {
		t.Run(tt.stmt, func(t *testing.T) {
			src := "package search\n\nimport (\n\t\"io\"\n\t\"time\"\n\t\"unicode\"\n)\n\n" +
				"var _, _, _ = io.EOF, time.Local, unicode.Letter\n\nfunc init() {\n\t" + tt.stmt + "\n}\n"
			result := policy.Check(one(src), rules(imp))
			compare(t, result.Errors)
			compare(t, result.Refusals, "policy.foreign_write search.go:12:"+tt.column+" name="+tt.name)
		})
	}
}

func TestAllowsOwnWrites(t *testing.T) {
	src := `package search

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

type box struct {
	sync.Mutex
	err error
	n   [3]int
}

var shared box

func f(b *box) error {
	EOF := io.EOF
	EOF = nil
	shared.err, b.n[1] = io.EOF, 2
	b.n[0]++
	for shared.err = range errorsOf() {
	}
	var n atomic.Int64
	p, q := &shared.Mutex, &n
	p.Lock()
	q.Add(1)
	e := &io.PipeReader{}
	_ = e
	return errors.Join(EOF, *&shared.err)
}

func errorsOf() func(func(error) bool) { return func(yield func(error) bool) { yield(io.EOF) } }
`
	result := policy.Check(one(src), rules(newImporter(t)))
	compare(t, result.Refusals)
	compare(t, result.Errors)
}

func TestReportsErrorsWithTheirPlaces(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"syntax", "package search\n\nfunc f() {\n\tx = = 1\n}\n", "build.syntax search.go:4:6 message=expected operand, found '='"},
		{"unfinished", "package search\n\nfunc f() {\n", "build.syntax search.go:3:12 message=expected '}', found 'EOF'"},
		{"no package", "", "build.syntax search.go:1:1 message=expected 'package', found 'EOF'"},
		{"undefined", "package search\n\nvar x = y\n", "build.types search.go:3:9 message=undefined: y"},
		{"a write to what is none", "package search\n\nimport \"io\"\n\nfunc f() { io.Copy = nil }\n", "build.types search.go:5:12 message=use of package io not in selector"},
		{"mismatch", "package search\n\nvar x int = \"a\"\n", `build.types search.go:3:13 message=cannot use "a" (untyped string constant) as int value in variable declaration`},
		{"unused import", "package search\n\nimport \"fmt\"\n", `build.types search.go:3:8 message="fmt" imported and not used`},
		{"unused variable", "package search\n\nfunc f() {\n\tn := 1\n}\n", "build.types search.go:4:2 message=declared and not used: n"},
		{"missing return", "package search\n\nfunc f() int {\n}\n", "build.types search.go:4:1 message=missing return"},
	}
	imp := newImporter(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result := policy.Check(one(tt.src), rules(imp))
			if len(result.Errors) == 0 {
				t.Fatalf("got no error, refusals %q", say(result.Refusals))
			}
			compare(t, result.Errors[:1], tt.want)
			compare(t, result.Refusals)
			if result.Package != nil {
				t.Error("a submission with errors has a package")
			}
		})
	}
}

func TestListsManyErrorsUpToABound(t *testing.T) {
	src := "package search\n\n" + strings.Repeat("var _ = undefined\n", 50)
	if got := len(policy.Check(one(src), rules(newImporter(t))).Errors); got != 10 {
		t.Errorf("got %d errors, want the first 10", got)
	}
	src = "package search\n\n" + strings.Repeat("//go:norace\n", 50)
	got := policy.Check(one(src), rules(newImporter(t))).Refusals
	if len(got) != 10 || got[0].Line != 3 || got[9].Line != 12 {
		t.Errorf("got %q, want the first 10 in the order of the lines", say(got))
	}
}
