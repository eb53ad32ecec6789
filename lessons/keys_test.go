package lessons_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"manche/exercises"
	"manche/lessons"
)

// declaredKeys reads the keys from the source: what is declared is what can be
// reported.
func declaredKeys(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "keys.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			key, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
		return true
	})
	if len(keys) == 0 {
		t.Fatal("keys.go declares no keys")
	}
	return keys
}

func TestEveryKeyHasItsSentence(t *testing.T) {
	all := messages(t)
	keys := declaredKeys(t)
	for _, key := range keys {
		if !all.Has("defect." + key) {
			t.Errorf("no sentence %q in the messages", "defect."+key)
		}
	}
	for _, key := range all.Keys() {
		if own, ok := strings.CutPrefix(key, "defect."); ok && strings.HasPrefix(own, "lesson.") && !slices.Contains(keys, own) {
			t.Errorf("the sentence %q has no key", key)
		}
	}
}

// TestEveryDefectIsSeen goes through all the defects of the tables: each key is
// reported somewhere, with every parameter that its sentence asks for.
func TestEveryDefectIsSeen(t *testing.T) {
	var seen []exercises.Defect
	for _, tc := range pageDefects {
		_, defects := pair(t, page(tc.body), page(tc.body))
		seen = append(seen, defects...)
	}
	for _, tc := range courseDefects {
		_, defects := load(t, tc.files)
		seen = append(seen, defects...)
	}
	course, _ := load(t, nil)
	_, defects := course.Render("fr", exercises.Section{Markdown: "<!-- exercise: a -->\n"})
	seen = append(seen, defects...)

	for _, tc := range proven {
		course, _ := pair(t, page(tc.body), page("Nothing.\n"))
		defects, err := course.Prove(t.Context(), &scripted{script: map[string][]lessons.Ran{"w()": tc.trials}}, 1)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, defects...)
	}

	all := messages(t)
	found := make(map[string]bool)
	for _, d := range seen {
		found[d.Key] = true
		if _, err := all.Both("defect."+d.Key, d.Params, nil); err != nil {
			t.Errorf("%s: %v", place(d), err)
		}
	}
	for _, key := range declaredKeys(t) {
		if !found[key] {
			t.Errorf("no test reports %q", key)
		}
	}
}
