package policy_test

import (
	"slices"
	"strings"
	"testing"

	"manche/grader/policy"
)

func TestRefusesFiles(t *testing.T) {
	const sound = "package search\n"
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"none", map[string]string{}, []string{
			"policy.missing_file :0:0 name=search.go", "policy.missing_file :0:0 name=tool.go",
		}},
		{"missing", map[string]string{"extra.go": sound}, []string{
			"policy.file_name :0:0 name=extra.go want=search.go, tool.go",
			"policy.missing_file :0:0 name=search.go", "policy.missing_file :0:0 name=tool.go",
		}},
		{"test file", map[string]string{"search.go": sound, "tool.go": sound, "a_test.go": sound}, []string{
			"policy.file_name :0:0 name=a_test.go want=search.go, tool.go",
		}},
		{"path", map[string]string{"search.go": sound, "tool.go": sound, "../x\n.go": sound}, []string{
			`policy.file_name :0:0 name=../x\n.go want=search.go, tool.go`,
		}},
		{"module", map[string]string{"search.go": sound, "tool.go": sound, "go.mod": "module x"}, []string{
			"policy.file_name :0:0 name=go.mod want=search.go, tool.go",
		}},
		{"too large", map[string]string{"search.go": sound + strings.Repeat("\n", policy.MaxFile), "tool.go": sound}, []string{
			"policy.size search.go:0:0 limit=64",
		}},
		{"nul", map[string]string{"search.go": sound + "\n// \x00\n", "tool.go": sound}, []string{
			"policy.nul search.go:3:0",
		}},
		{"bad UTF-8", map[string]string{"search.go": sound, "tool.go": "// é\n// \xff\n" + sound}, []string{
			"policy.utf8 tool.go:2:0",
		}},
		{"package name", map[string]string{"search.go": "package main\n", "tool.go": "\npackage  tool\n"}, []string{
			"policy.package_name search.go:1:9 name=main want=search",
			"policy.package_name tool.go:2:10 name=tool want=search",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := rules(newImporter(t))
			r.Files = []string{"search.go", "tool.go"}
			files := make(map[string][]byte)
			for name, src := range tt.files {
				files[name] = []byte(src)
			}
			got := policy.Check(files, r)
			compare(t, got.Refusals, tt.want...)
			if got.Package != nil {
				t.Error("a refused submission has a package")
			}
		})
	}
}

func TestAcceptsTheLargestFile(t *testing.T) {
	src := "package search\n"
	src += strings.Repeat("\n", policy.MaxFile-len(src))
	compare(t, policy.Check(one(src), rules(newImporter(t))).Refusals)
}

func TestRefusesDirectives(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"norace", "package search\n\n//go:norace\nfunc f() {}\n", "3:1 text=//go:norace"},
		{"linkname", "package search\n\n//go:linkname f os.Exit\nfunc f() {}\n", "3:1 text=//go:linkname"},
		{"build tag", "//go:build race\n\npackage search\n", "1:1 text=//go:build"},
		{"after a byte order mark", "\ufeff//go:build race\n\npackage search\n", "1:4 text=//go:build"},
		{"old build tag", "// +build race\n\npackage search\n", "1:1 text=//"},
		{"tight old build tag", "//+build race\n\npackage search\n", "1:1 text=//+build"},
		{"embed", "package search\n\n//go:embed search_test.go\nvar s string\n", "3:1 text=//go:embed"},
		{"cgo flag", "package search\n\n//go:cgo_ldflag \"-lx\"\n", "3:1 text=//go:cgo_ldflag"},
		{"unknown", "package search\n\n//go:anything\n", "3:1 text=//go:anything"},
		{"inside a function", "package search\n\nfunc f() {\n\t//go:norace\n}\n", "4:2 text=//go:norace"},
		{"line", "package search\n\n//line secret.go:1\n", "3:1 text=//line"},
		{"line in a block comment", "package search\n\nvar x = /*line secret.go:7*/ 1\n", "3:9 text=/*line"},
		{"export", "package search\n\n//export f\nfunc f() {}\n", "3:1 text=//export"},
		{"extern", "package search\n\n//extern f\n", "3:1 text=//extern"},
		{"with carriage returns", "package search\r\n\r\n//go:norace\r\nfunc f() {}\r\n", "3:1 text=//go:norace"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			compare(t, policy.Check(one(tt.src), rules(newImporter(t))).Refusals, "policy.directive search.go:"+tt.want)
		})
	}
}

// A line directive must not move what is refused below it to another file.
func TestLineDirectiveMovesNothing(t *testing.T) {
	src := "package search\n\n//line /etc/passwd:100\nimport \"os\"\n\nfunc Testing() {}\n\nfunc TestX() {}\n"
	compare(t, policy.Check(one(src), rules(newImporter(t))).Refusals,
		"policy.directive search.go:3:1 text=//line",
		"policy.import search.go:4:8 path=os",
		"policy.test_name search.go:8:6 name=TestX")
}

func TestAcceptsOrdinaryComments(t *testing.T) {
	for _, comment := range []string{
		"// go:norace has a space", "/*go:norace*/", "//gopher", "// line 3", "//lines", "/* line x:1 */", "//exported", "// export f", "//\tgo:norace",
	} {
		compare(t, policy.Check(one("package search\n\n"+comment+"\n"), rules(newImporter(t))).Refusals)
	}
}

func TestRefusesImports(t *testing.T) {
	paths := []string{
		"C", "unsafe", "os", "os/exec", "os/signal", "syscall", "testing", "testing/synctest", "testing/internal/testdeps",
		"flag", "log", "plugin", "embed", "net", "net/http", "reflect", "io/ioutil", "io/fs", "runtime/debug",
		"runtime/pprof", "runtime/race", "runtime/trace", "runtime/coverage", "internal/race", "go/build", "debug/elf",
		"crypto/rand", "encoding/json", "path/filepath", "text/template", "go.uber.org/goleak", "golang.org/x/sys/unix",
		"manche/grader/harness/driver", "manche/grader/harness/wire", "./local", "../up", "", "fmt ", "FMT", "vendor/fmt",
	}
	for _, path := range paths {
		for _, form := range []string{"", "name ", "_ ", ". "} {
			src := "package search\n\nimport (\n\t" + form + `"` + path + "\"\n)\n"
			result := policy.Check(one(src), rules(newImporter(t)))
			if len(result.Refusals) == 0 && len(result.Errors) > 0 && (path == "" || path == "fmt ") {
				continue // no import path at all: the parser says so
			}
			want := "policy.import"
			if policy.Instead[path] != "" {
				want = "policy.import_instead"
			}
			if len(result.Refusals) != 1 || result.Refusals[0].Key != want || result.Refusals[0].Line != 4 {
				t.Errorf("import %s%q: got %q, want %s at line 4", form, path, say(result.Refusals), want)
			}
		}
	}
}

// A package is told of where it does the same and is allowed: to a test, neither is
// that tells what a value looks like; and where the exercise adds it, nothing is told.
func TestTellsOfAnotherPackage(t *testing.T) {
	for path, other := range policy.Instead {
		if !slices.Contains(policy.Standard, other) || slices.Contains(policy.Standard, path) {
			t.Errorf("%s is no package to tell of in the place of %s", other, path)
		}
	}
	log := "package search\n\nimport \"log\"\n"
	compare(t, policy.Check(one(log), rules(newImporter(t))).Refusals, "policy.import_instead search.go:3:8 instead=fmt path=log")
	r := rules(newImporter(t))
	r.Tests = true
	compare(t, policy.Check(one(log), r).Refusals, "policy.import search.go:3:8 path=log")
	r = rules(newImporter(t))
	r.Imports = []string{"log"}
	compare(t, policy.Check(one(log), r).Refusals)
}

func TestRefusesDotImports(t *testing.T) {
	src := "package search\n\nimport . \"io\"\n\nfunc init() { (EOF) = nil }\n"
	compare(t, policy.Check(one(src), rules(newImporter(t))).Refusals, "policy.dot_import search.go:3:8 path=io")
}

func TestAllowsWhatTheExerciseAdds(t *testing.T) {
	src := "package search\n\nimport \"os\"\n\nvar Args = os.Args\n"
	r := rules(newImporter(t))
	compare(t, policy.Check(one(src), r).Refusals, "policy.import search.go:3:8 path=os")
	r.Imports = []string{"os"}
	compare(t, policy.Check(one(src), r).Refusals)
}

func TestRefusesTestNames(t *testing.T) {
	for name, refused := range map[string]bool{
		"Test": true, "TestX": true, "Test_x": true, "Test1": true, "TestÉté": true, "TestMain": true,
		"Benchmark": true, "BenchmarkX": true, "FuzzX": true, "Example": true, "ExampleSearch": true, "Example_x": true,
		"Testify": false, "Tester": false, "test": false, "Benchmarking": false, "Fuzzy": false, "Examples": false,
	} {
		got := policy.Check(one("package search\n\nfunc "+name+"() {}\n"), rules(newImporter(t)))
		if !refused {
			compare(t, got.Refusals)
			continue
		}
		compare(t, got.Refusals, "policy.test_name search.go:3:6 name="+name)
	}
	method := "package search\n\ntype T struct{}\n\nfunc (T) TestX() {}\n\nvar TestY int\n"
	compare(t, policy.Check(one(method), rules(newImporter(t))).Refusals)
}
