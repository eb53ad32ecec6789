package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"manche/content"
)

// planted is a course in which everything is wrong that author check knows of.
const planted = "testdata/planted"

// plant is one defect of it.
type plant struct {
	Kind string            `json:"kind"`
	File string            `json:"file"`
	Line int               `json:"line"`
	Text map[string]string `json:"text"`
}

// TestPlantedDefects holds author check to a course of planted defects: it finds
// each of them, at its place, in both languages, and nothing else. Which ones these
// are stands in the README of that course, which -update writes anew. A kind of
// defect that has a sentence and is not planted fails the test.
func TestPlantedDefects(t *testing.T) {
	found := checkPlanted(t)
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, key := range m.Keys() {
		if kind, ok := strings.CutPrefix(key, "defect."); ok {
			kinds = append(kinds, kind)
		}
	}
	for _, kind := range kinds {
		if !slices.ContainsFunc(found, func(p plant) bool { return p.Kind == kind }) {
			t.Errorf("no defect of the kind %s is planted in %s", kind, planted)
		}
	}
	for _, p := range found {
		if p.Text["fr"] == "" || p.Text["en"] == "" || p.Text["fr"] == p.Text["en"] {
			t.Errorf("%s:%d %s says %q", p.File, p.Line, p.Kind, p.Text)
		}
		if info, err := os.Stat(filepath.Join(planted, p.File)); p.Line == 0 && err == nil && !info.IsDir() && !slices.Contains(wholeFiles, p.Kind) {
			t.Errorf("%s: %s has no line", p.File, p.Kind)
		}
	}
	golden(t, filepath.Join(planted, "README.md"), plantedList(t, found, len(kinds)))
	section(t, "../../README.md", "defects", kindsByFamily(kinds))
}

// wholeFiles are the kinds of defects of a file that has no place in the course.
var wholeFiles = []string{"lesson.folder", "lesson.stray_file"}

// checkPlanted runs the program, twice: its JSON and its lines say the same.
func checkPlanted(t *testing.T) []plant {
	t.Helper()
	var report struct{ Defects []plant }
	if err := json.Unmarshal(runPlanted(t, "--json"), &report); err != nil {
		t.Fatal("reading the defects:", err)
	}
	lines := strings.Split(string(runPlanted(t, "--lang", "fr")), "\n")
	for i, p := range report.Defects {
		want := fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text["fr"])
		if p.Line == 0 {
			want = p.File + ": " + p.Text["fr"]
		}
		if i >= len(lines) || lines[i] != want {
			t.Fatalf("line %d is not %q", i+1, want)
		}
	}
	return report.Defects
}

// runPlanted is what author check prints on the course, which it must not accept.
func runPlanted(t *testing.T, flags ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "manche", append([]string{"author", "check", "--quick", "--course", planted}, flags...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("author check ended with %v, want exit code 1\n%s", err, &stderr)
	}
	return out
}

// plantedList is the README of the course: each defect with the line where it was
// planted.
func plantedList(t *testing.T, found []plant, kinds int) string {
	t.Helper()
	found = slices.Clone(found)
	slices.SortStableFunc(found, func(a, b plant) int { return strings.Compare(a.Kind, b.Kind) })
	var b strings.Builder
	fmt.Fprintf(&b, "# A course of planted defects\n\n")
	fmt.Fprintf(&b, "`manche author check --quick --course %s`, from the folder `cmd/manche`, must find what follows and nothing else: %d defects of %d kinds, which is every kind that there is. "+
		"Whoever adds a kind of defect plants one here. `go test ./cmd/manche -run TestPlantedDefects -update` writes this list anew: read what has changed in it.\n\n", planted, len(found), kinds)
	fmt.Fprintf(&b, "| kind | place | what stands there |\n|---|---|---|\n")
	for _, p := range found {
		at := p.File
		if p.Line > 0 {
			at = fmt.Sprintf("%s:%d", p.File, p.Line)
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", p.Kind, at, plantedLine(t, p))
	}
	return b.String()
}

// plantedLine is the line of a defect, as a cell of a table.
func plantedLine(t *testing.T, p plant) string {
	t.Helper()
	if p.Line == 0 {
		return ""
	}
	raw, err := os.ReadFile(filepath.Join(planted, p.File))
	if err != nil {
		t.Fatalf("%s:%d %s: %v", p.File, p.Line, p.Kind, err)
	}
	lines := strings.Split(strings.ToValidUTF8(string(raw), "\ufffd"), "\n")
	if p.Line > len(lines) {
		t.Fatalf("%s has no line %d, where %s is said to be", p.File, p.Line, p.Kind)
	}
	if text := strings.TrimSpace(lines[p.Line-1]); text != "" {
		return "`` " + strings.ReplaceAll(text, "|", "\\|") + " ``"
	}
	return ""
}

// kindsByFamily lists the kinds for people who write a course.
func kindsByFamily(kinds []string) string {
	families := make(map[string][]string)
	var order []string
	for _, kind := range kinds {
		family, name, _ := strings.Cut(kind, ".")
		if !slices.Contains(order, family) {
			order = append(order, family)
		}
		if name != "" {
			families[family] = append(families[family], "`"+name+"`")
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d kinds of defects, with one of each in [`cmd/manche/%[2]s`](cmd/manche/%[2]s/README.md):\n\n", len(kinds), planted)
	for _, family := range order {
		fmt.Fprintln(&b, strings.TrimSuffix(fmt.Sprintf("- `%s`: %s", family, strings.Join(families[family], " ")), ": "))
	}
	return b.String()
}

// golden holds a file against what it should be, or writes it with -update.
func golden(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := firstDifference(string(got), want); diff != "" {
		t.Errorf("%s is not what was found (see -update): %s", name, diff)
	}
}

// section holds the part of a file between two comments against what it should be,
// or writes it with -update.
func section(t *testing.T, file, name, want string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+":begin -->\n", "<!-- "+name+":end -->"
	before, rest, ok := strings.Cut(string(raw), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no part %q", file, name)
	}
	golden(t, file, before+begin+want+end+after)
}

// firstDifference is the first line in which two texts differ.
func firstDifference(got, want string) string {
	left, right := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(left), len(right)) {
		if i >= len(left) || i >= len(right) || left[i] != right[i] {
			return fmt.Sprintf("line %d\ngot  %q\nwant %q", i+1, at(left, i), at(right, i))
		}
	}
	return ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
