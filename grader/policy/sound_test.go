package policy_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"manche/exercises"
	"manche/grader/policy"
)

// Every answer of the course, right or wrong, is one that a learner may hand in.
func TestAcceptsTheAnswersOfTheCourse(t *testing.T) {
	catalog, defects, err := exercises.Load(exercises.FS)
	if err != nil || len(defects) > 0 {
		t.Fatalf("loading the exercises: %v, %v", err, defects)
	}
	if len(catalog.All()) == 0 {
		t.Fatal("the course has no exercises")
	}
	imp := newImporter(t)
	for _, ex := range catalog.All() {
		answers := slices.Concat(ex.Right, ex.Wrong, []exercises.Variant{ex.Starter, {Name: "reference", Files: ex.Reference}})
		for _, answer := range answers {
			if slices.Contains(answer.Expect, "policy") || slices.Contains(answer.Expect, "build") {
				continue
			}
			r := policy.Rules{Package: ex.Package, Files: ex.Editable, Imports: ex.Imports, Importer: imp}
			if ex.Kind == exercises.Test {
				r.Tests, r.Beside = true, ex.Implementations[0].Files
			}
			result := policy.Check(answer.Files, r)
			if result.Package == nil {
				t.Errorf("%s/%s: refused %q, errors %q", ex.Slug, answer.Name, say(result.Refusals), say(result.Errors))
			}
		}
	}
}

// The idiomatic use of every package on the list, and none is left out.
func TestAcceptsIdiomaticUse(t *testing.T) {
	src, err := os.ReadFile("testdata/idiomatic.go")
	if err != nil {
		t.Fatal(err)
	}
	r := rules(newImporter(t))
	r.Package, r.Files = "idiomatic", []string{"idiomatic.go"}
	result := policy.Check(map[string][]byte{"idiomatic.go": src}, r)
	compare(t, result.Refusals)
	compare(t, result.Errors)
	if result.Package == nil {
		t.Fatal("no package")
	}
	var imported []string
	for _, spec := range result.Package.Files["idiomatic.go"].Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		imported = append(imported, path)
	}
	slices.Sort(imported)
	if want := slices.Sorted(slices.Values(policy.Standard)); !slices.Equal(imported, want) {
		t.Errorf("testdata/idiomatic.go imports %q, want every package of the list: %q", imported, want)
	}
}

// What is accepted comes with all that the harness reads.
func TestPackageHasTreesAndTypes(t *testing.T) {
	files := map[string][]byte{"a.go": []byte("package p\n\nvar A = B\n"), "b.go": []byte("package p\n\nvar B = 1\n")}
	pkg := policy.Check(files, policy.Rules{Package: "p", Files: []string{"a.go", "b.go"}, Importer: newImporter(t)}).Package
	if pkg == nil {
		t.Fatal("refused")
	}
	if len(pkg.Files) != 2 || len(pkg.Sources) != 2 || pkg.Fset == nil {
		t.Errorf("got %d files, %d sources, want 2 and 2", len(pkg.Files), len(pkg.Sources))
	}
	var defined, used []string
	for id, obj := range pkg.Info.Defs {
		if obj != nil {
			defined = append(defined, id.Name)
		}
	}
	for id := range pkg.Info.Uses {
		used = append(used, id.Name)
	}
	slices.Sort(defined)
	if !slices.Equal(defined, []string{"A", "B"}) || !slices.Equal(used, []string{"B"}) {
		t.Errorf("got definitions %q, uses %q, want A B and B", defined, used)
	}
}
