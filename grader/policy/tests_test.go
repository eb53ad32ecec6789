package policy_test

import (
	"strings"
	"testing"

	"manche/grader/policy"
)

// given is what the tests here are about. It does what a submission may not: what
// stands beside one is held against no rule.
const given = `package search

import (
	"os"
	"runtime"
)

var ErrStopped = os.ErrClosed

func Search() (stop func()) { return func() { runtime.GC(); _ = hidden } }

var hidden, min int
`

// checkTest holds a test against the rules, with these imports and this body of
// TestSearch.
func checkTest(t *testing.T, imports, body string) policy.Result {
	t.Helper()
	if imports == "" {
		imports = "\n" // the function begins on the same line
	}
	src := "package search\n\nimport (\n\t\"testing\"\n" + imports + ")\n\nfunc TestSearch(t *testing.T) {\n" + body + "\n}\n"
	return checkTestFile(t, src)
}

func checkTestFile(t *testing.T, src string) policy.Result {
	t.Helper()
	return policy.Check(map[string][]byte{"search_test.go": []byte(src)}, policy.Rules{
		Package: "search", Files: []string{"search_test.go"}, Importer: newImporter(t), Tests: true,
		Beside: map[string][]byte{"search.go": []byte(given)},
	})
}

func TestAcceptsTests(t *testing.T) {
	tests := []struct{ name, imports, body string }{
		{"goleak", "\t\"go.uber.org/goleak\"\n", "\tdefer goleak.VerifyNone(t, goleak.IgnoreCurrent())\n\tSearch()()"},
		{"a count", "\t\"runtime\"\n", "\tbefore := runtime.NumGoroutine()\n\tSearch()()\n\tif n := runtime.NumGoroutine(); n > before {\n\t\tt.Errorf(\"%d\", n)\n\t}"},
		{"a bubble", "\t\"testing/synctest\"\n", "\tsynctest.Test(t, func(t *testing.T) { Search()() })"},
		{"subtests", "", "\tfor _, name := range []string{\"a\", \"b\"} {\n\t\tt.Run(name, func(t *testing.T) { t.Helper(); Search(); t.Log(t.Name(), ErrStopped) })\n\t}"},
		{"variables that only hold values", "\t\"time\"\n", "}\n\nvar (\n\tlimit = time.Duration(3) * time.Second\n\tcases = []func(){func() { Search() }}\n\tseen = make(map[string]int, len(\"abc\"))\n)\n\nfunc f() {\n}\n\ntype init2 struct{}\n\nfunc (init2) init() {"},
		{"a helper for any test", "", "\tfunc(tb testing.TB) { tb.Cleanup(Search()) }(t)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := checkTest(t, tt.imports, tt.body); got.Package == nil {
				t.Errorf("refused %q, errors %q", say(got.Refusals), say(got.Errors))
			} else if len(got.Package.Files) != 1 {
				t.Errorf("%d files, want the learner's only", len(got.Package.Files))
			}
		})
	}
}

func TestRefusesInTests(t *testing.T) {
	const leakCheck = "\t\"go.uber.org/goleak\"\n"
	tests := []struct{ name, imports, body, want string }{
		{"text of a value", "\t\"fmt\"\n", "\tfmt.Sprint(Search)", "policy.import search_test.go:5:2 path=fmt"},
		{"text of a log", "\t\"log/slog\"\n", "\tslog.Info(\"\")", "policy.import search_test.go:5:2 path=log/slog"},
		{"files", "\t\"os\"\n", "\tos.Exit(0)", "policy.import search_test.go:5:2 path=os"},
		{"stacks", "\t\"runtime\"\n", "\truntime.Stack(nil, true)", "policy.member search_test.go:9:10 name=runtime.Stack"},
		{"leaving", "\t\"runtime\"\n", "\truntime.Goexit()", "policy.member search_test.go:9:10 name=runtime.Goexit"},
		{"parallel", "", "\tt.Parallel()", "policy.member search_test.go:9:4 name=t.Parallel"},
		{"skipping", "", "\tt.Skip()", "policy.member search_test.go:9:4 name=t.Skip"},
		{"skipping by another name", "", "\tskip := t.SkipNow\n\tskip()", "policy.member search_test.go:9:12 name=t.SkipNow"},
		{"skipping any test", "", "\tfunc(tb testing.TB) { tb.Skip() }(t)", "policy.member search_test.go:9:27 name=t.Skip"},
		{"counting allocations", "", "\ttesting.AllocsPerRun(1, func() {})", "policy.member search_test.go:9:10 name=testing.AllocsPerRun"},
		{"the text of a leak", leakCheck, "\tgoleak.Find()", "policy.member search_test.go:9:9 name=goleak.Find"},
		{"the text of a leak in other hands", leakCheck, "\tgoleak.VerifyNone(other{t})\n}\n\ntype other struct{ *testing.T }\n\nfunc (other) Error(...any) {", "policy.verify_none search_test.go:9:9"},
		{"goleak by another name", leakCheck, "\tverify := goleak.VerifyNone\n\tverify(t)", "policy.verify_none search_test.go:9:19"},
		{"goleak with a list of options", leakCheck, "\tvar options []goleak.Option\n\tgoleak.VerifyNone(t, options...)", "policy.member search_test.go:9:23 name=goleak.Option; policy.verify_none search_test.go:10:9"},
		{"what is under test", "", "\tErrStopped = nil", "policy.foreign_write search_test.go:9:2 name=search.ErrStopped"},
		{"its address", "", "\t_ = &ErrStopped", "policy.foreign_write search_test.go:9:7 name=search.ErrStopped"},
		{"init", "", "}\n\nfunc init() {", "policy.before_tests search_test.go:11:6 name=init"},
		{"a call before any test", "", "}\n\nvar stop = Search()\n\nfunc f() {", "policy.before_tests search_test.go:11:5 name=stop"},
		{"a literal that is called", "", "}\n\nvar n = func() int { return 1 }()\n\nfunc f() {", "policy.before_tests search_test.go:11:5 name=n"},
		{"a call inside a literal", "", "}\n\nvar list = []func(){Search()}\n\nfunc f() {", "policy.before_tests search_test.go:11:5 name=list"},
		{"a value that is waited for", "", "}\n\nvar n = <-(chan int)(nil)\n\nfunc f() {", "policy.before_tests search_test.go:11:5 name=n"},
		{"an end before any test", "", "}\n\nvar _ = func(any) int { return 1 }(recover())\n\nfunc f() {", "policy.before_tests search_test.go:11:5 name=_"},
		{"TestMain", "", "}\n\nfunc TestMain(m *testing.M) {", "policy.not_run search_test.go:11:6 name=TestMain"},
		{"a benchmark", "", "}\n\nfunc BenchmarkSearch(t *testing.T) {", "policy.not_run search_test.go:11:6 name=BenchmarkSearch"},
		{"a test without t", "", "}\n\nfunc TestOther() {", "policy.not_run search_test.go:11:6 name=TestOther"},
		{"a test with a result", "", "\treturn\n}\n\nfunc TestOther(t *testing.T) (n int) {\n\treturn", "policy.not_run search_test.go:12:6 name=TestOther"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			compare(t, checkTest(t, tt.imports, tt.body).Refusals, strings.Split(tt.want, "; ")...)
		})
	}
}

// What does not compile is told of at the learner's own line.
func TestErrorsInTests(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"no test", "package search\n\nfunc helper() {}\n", "build.no_test search_test.go:0:0"},
		{"a test that cannot be read", "package search\n\nimport \"testing\"\n\nfun TestSearch(t *testing.T) {}\n", "build.syntax search_test.go:5:1 message=expected declaration, found fun"},
		{"declared twice", "package search\n\nimport \"testing\"\n\nfunc Search() {}\n\nfunc TestSearch(t *testing.T) {}\n", "build.types search_test.go:5:6 message=Search redeclared in this block"},
		{"not there", "package search\n\nimport \"testing\"\n\nfunc TestSearch(t *testing.T) { Find() }\n", "build.types search_test.go:5:33 message=undefined: Find"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := checkTestFile(t, tt.src).Errors
			if len(got) > 1 {
				got = got[:1] // where the other declaration is comes after
			}
			compare(t, got, tt.want)
		})
	}
}

// A test is none where an answer is asked for.
func TestRulesOfAnswersHold(t *testing.T) {
	compare(t, policy.Check(one("package search\n\nimport \"testing\"\n\nfunc TestX(*testing.T) {}\n"), rules(newImporter(t))).Refusals,
		"policy.import search.go:3:8 path=testing", "policy.test_name search.go:5:6 name=TestX")
}
