package exercises_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/exercises"
)

// The rule belongs to go test, so go test is asked: for a package with a
// function of each name, which of them are tests?
func TestIsCheckIsTheRuleOfGoTest(t *testing.T) {
	names := []string{
		"Test", "TestA", "Testa", "Test_a", "Test_", "Test1", "Testé", "TestÉ", "Test世", "Testǅ", "TestMain",
		"TestMainA", "Testmain", "Testing", "test", "testA", "ATest", "BenchmarkA", "ExampleA", "FuzzA", "T",
	}
	var src strings.Builder
	src.WriteString("package asked\n\nimport \"testing\"\n\n")
	for _, name := range names {
		param := map[string]string{"TestMain": "m *testing.M", "BenchmarkA": "b *testing.B", "FuzzA": "f *testing.F", "ExampleA": ""}
		p, special := param[name]
		if !special {
			p = "t *testing.T"
		}
		body := ""
		if name == "TestMain" {
			body = "m.Run()"
		}
		fmt.Fprintf(&src, "func %s(%s) { %s }\n", name, p, body)
	}
	dir := t.TempDir()
	for file, text := range map[string]string{"go.mod": "module asked\n\ngo 1.26\n", "asked_test.go": src.String()} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-list", "^Test")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go test -list: %v\n%s", err, out)
	}
	listed := strings.Fields(string(out))
	for _, name := range names {
		if got, want := exercises.IsCheck(name), slices.Contains(listed, name); got != want {
			t.Errorf("IsCheck(%q) = %v, go test says %v", name, got, want)
		}
	}
	if !slices.Contains(listed, "TestA") {
		t.Errorf("go test -list = %s", out)
	}
}
