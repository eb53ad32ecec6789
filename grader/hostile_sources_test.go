package grader_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"manche/grader"
)

// soundTest goes with packages that only have to build.
const soundTest = "package prog\n\nimport \"testing\"\n\nfunc TestSound(t *testing.T) {}\n"

// Sources as editors, and people who try, hand them in: one file of a package with
// tests of its own.
func TestHostileSources(t *testing.T) {
	leak := "package prog\n\nimport \"sync\"; var _ sync.Mutex\nfunc init() {}\n\nfunc F() { go func() { <-make(chan int) }() }\n"
	calls := strings.Replace(soundTest, "{}", "{ F() }", 1)
	long := "var s = \"" + strings.Repeat("x", 1<<20) + "\"; "
	tests := []struct{ name, src, test, want string }{
		{"sound", "package prog\n", soundTest, "passed"},
		{"empty", "", soundTest, "refused build.syntax prog.go:1"},
		{"only a clause", "package prog", soundTest, "passed"},
		{"blank lines", "\n\n\n", soundTest, "refused build.syntax prog.go:3"},
		{"another name", "package other\n", soundTest, "refused build.types prog_test.go:1"},
		{"carriage returns", strings.ReplaceAll(leak, "\n", "\r\n"), calls, "failed leak.receive prog.go:6"},
		{"carriage returns alone", strings.ReplaceAll(leak, "\n", "\r"), calls, "refused build.syntax prog.go:1"},
		{"byte order mark", "\ufeff" + leak, calls, "failed leak.receive prog.go:6"},
		{"byte order mark, carriage returns", "\ufeff" + strings.ReplaceAll(leak, "\n", "\r\n"), strings.ReplaceAll(calls, "\n", "\r\n"), "failed leak.receive prog.go:6"},
		{"line directives to another file", strings.Replace(leak, "func init() {}", "//line other.go:70\nfunc init() { mu.Lock(); mu.Unlock(); print(main) }; var mu sync.Mutex; func main() {}", 1), calls, "failed leak.unplaced"},
		{"line directives to the same file", strings.Replace(leak, "func init() {}", "//line prog.go:4\nfunc init() { var mu sync.Mutex; mu.Lock(); mu.Unlock() }; func main() {}", 1), calls, "failed leak.receive prog.go:6"},
		{"second byte order mark", "\ufeffpackage prog\n\n\ufeff\n", soundTest, "refused build.syntax prog.go:3"},
		{"nul", "package prog\n\nvar x\x00 int\n", soundTest, "refused build.syntax prog.go:3"},
		{"invalid UTF-8", "package prog\n\nvar s = \"\xff\"\n", soundTest, "refused build.syntax prog.go:3"},
		{"combining letters", "package prog\n\nvar e\u0301cluse int\n", soundTest, "refused build.syntax prog.go:3"},
		{"line of a megabyte", "package prog\n\n" + long + "func F() { go func() { <-make(chan int) }() }\n", calls, "failed leak.receive prog.go:3"},
		{"100,000 lines", "package prog\n" + strings.Repeat("\n", 100_000) + leak[len("package prog\n"):], calls, "failed leak.receive prog.go:100006"},
		{"test does not parse", "package prog\n", "package prog\n\nfunc\n", "refused build.syntax prog_test.go:3"},
		{"test does not compile", "package prog\n", strings.Replace(soundTest, "{}", "{ F() }", 1), "refused build.types prog_test.go:5"},
		{"test of nul", "package prog\n", soundTest + "\x00", "refused build.syntax prog_test.go:6"},
		{"test is empty", "package prog\n", "", "refused build.syntax prog_test.go:1"},
		{"no test in the tests", "package prog\n", "package prog\n", "refused build.no_tests"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := judge(t, grader.Submission{
				Exercise: "prog", Files: map[string][]byte{"prog.go": []byte(tt.src)}, Tests: map[string][]byte{"prog_test.go": []byte(tt.test)},
			})
			if got := firstPlace(v); got != tt.want {
				t.Errorf("got %s, want %s: %v", got, tt.want, sentences(v))
			}
		})
	}
}

// firstPlace sums a verdict up with the place of its first finding.
func firstPlace(v *grader.Verdict) string {
	if len(v.Findings) == 0 {
		return string(v.Outcome)
	}
	f := v.Findings[0]
	text := string(v.Outcome) + " " + f.Key
	if f.Line > 0 {
		text += fmt.Sprintf(" %s:%d", f.File, f.Line)
	}
	return text
}

// sentences lists the English sentences of a verdict.
func sentences(v *grader.Verdict) []string {
	var list []string
	for _, f := range v.Findings {
		list = append(list, f.Text["en"])
	}
	return list
}

// Files that no submission should have, or too many of them.
func TestHostileFiles(t *testing.T) {
	sound := []byte("package prog\n")
	many := map[string][]byte{"prog.go": []byte("package prog\n\nfunc init() { go func() { <-make(chan int) }() }\n")}
	for i := range 199 {
		many[fmt.Sprintf("f%d.go", i)] = fmt.Appendf(nil, "package prog\n\nfunc f%[1]d() int {\n\tc := make(chan int, 1)\n\tgo func() { c <- %[1]d }()\n\treturn <-c\n}\n", i)
	}
	tests := []struct {
		name  string
		files map[string][]byte
		tests map[string][]byte
		want  string
	}{
		{"200", many, map[string][]byte{"prog_test.go": []byte(strings.Replace(soundTest, "{}", "{ go f7(); f198() }", 1))}, "passed"},
		{"200 to an exercise of one", many, nil, "refused policy.file_name"},
		{"none to an exercise", map[string][]byte{}, nil, "refused policy.missing_file"},
		{"nil to an exercise", nil, nil, "refused policy.missing_file"},
		{"none", map[string][]byte{}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "passed"},
		{"no tests", map[string][]byte{"prog.go": sound}, map[string][]byte{}, "refused build.no_tests"},
		{"a test among them", map[string][]byte{"prog.go": sound, "x_test.go": []byte(soundTest)}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "refused build.file_name"},
		{"one name twice", map[string][]byte{"prog.go": sound}, map[string][]byte{"prog.go": []byte(soundTest)}, "refused build.file_name"},
		{"the generated one", map[string][]byte{"zz_main.go": sound}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "refused build.file_name"},
		{"outside", map[string][]byte{"../../prog.go": sound}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "refused build.file_name"},
		{"a flag", map[string][]byte{"-o.go": sound}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "refused build.file_name"},
		{"not Go", map[string][]byte{"prog.go": sound, "go.mod": []byte("module prog\n")}, map[string][]byte{"prog_test.go": []byte(soundTest)}, "refused build.file_name"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sub := grader.Submission{Exercise: "prog", Files: tt.files, Tests: tt.tests}
			if tt.tests == nil {
				sub.Exercise = "fix-the-leak"
			}
			v := judge(t, sub)
			if got := firstPlace(v); got != tt.want {
				t.Errorf("got %s, want %s: %v", got, tt.want, sentences(v))
			}
			if len(v.Findings) > 20 {
				t.Errorf("%d findings are more than anybody reads", len(v.Findings))
			}
		})
	}
}

// Many goroutines, and many lines of output.
func TestHostileCrowds(t *testing.T) {
	const crowd = "package prog\n\nimport \"fmt\"\n\nfunc Leave(n int) {\n\thold := make(chan bool)\n\tfor range n {\n\t\tgo func() { <-hold }()\n\t}\n}\n\n" +
		"func End(n int) {\n\tdone := make(chan bool, n)\n\tfor range n {\n\t\tgo func() { done <- true }()\n\t}\n\tfor range n {\n\t\t<-done\n\t}\n}\n\n" +
		"func Print(n int) {\n\tfor i := range n {\n\t\tfmt.Println(\"line\", i)\n\t}\n}\n"
	tests := []struct{ call, want string }{
		{"End(20_000)", "passed"},
		{"Leave(2_000)", "failed leak.receive_alone prog.go:8"},
		{"Leave(100_000)", "failed resource.memory"},
		{"Leave(1_000_000)", "failed resource.memory"},
		{"Print(1_000_000)", "failed resource.output"},
		{"Print(1_000)", "passed"},
	}
	for _, tt := range tests {
		t.Run(tt.call, func(t *testing.T) {
			v := judge(t, grader.Submission{
				Exercise: "prog", Files: map[string][]byte{"prog.go": []byte(crowd)},
				Tests: map[string][]byte{"prog_test.go": []byte(strings.Replace(soundTest, "{}", "{ "+tt.call+" }\n\nfunc TestNext(t *testing.T) {}", 1))},
			})
			if got := firstPlace(v); got != tt.want {
				t.Errorf("got %s, want %s: %v", got, tt.want, sentences(v))
			}
			i := slices.IndexFunc(v.Checks, func(c grader.Check) bool { return c.Name == "TestNext" })
			if v.Checks[i].Outcome != grader.Passed {
				t.Errorf("the next check stands at %+v", v.Checks[i])
			}
		})
	}
}
