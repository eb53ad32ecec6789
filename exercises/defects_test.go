package exercises_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/content"
	"manche/exercises"
)

// mistake is one thing that an author got wrong, and the one defect for it.
type mistake struct {
	name string
	make func(*testing.T, fstest.MapFS)
	want string // file:line key and parameters
}

// replace is the mistake of writing text instead of old.
func replace(file, old, text string) func(*testing.T, fstest.MapFS) {
	return func(t *testing.T, fsys fstest.MapFS) { edit(t, fsys, "x/"+file, old, text) }
}

// remove is the mistake of leaving files out.
func remove(files ...string) func(*testing.T, fstest.MapFS) {
	return func(_ *testing.T, fsys fstest.MapFS) {
		for _, file := range files {
			delete(fsys, "x/"+file)
		}
	}
}

// write is the mistake of a file that should not be there.
func write(file, text string) func(*testing.T, fstest.MapFS) {
	return func(_ *testing.T, fsys fstest.MapFS) { fsys["x/"+file] = &fstest.MapFile{Data: []byte(text)} }
}

var mistakes = append(apartMistakes, []mistake{
	{"bad TOML", replace("exercise.toml", "level = 2", "level = = 2"), "exercise.toml:2 spec.syntax"},
	{"TOML of another type", replace("exercise.toml", "level = 2", `level = "two"`), "exercise.toml:2 spec.syntax"},
	{"unknown key", replace("exercise.toml", "level = 2", "level = 2\ncolour = 1"), "exercise.toml:3 spec.unknown_key name=colour"},
	{"unknown key of an answer", replace("exercise.toml", `name = "good"`, "name = \"good\"\ncolour = 1"), "exercise.toml:11 spec.unknown_key name=right.colour"},
	{"unknown kind of exercise", replace("exercise.toml", "repair", "destroy"), "exercise.toml:1 spec.kind value=destroy"},
	{"no kind", replace("exercise.toml", `kind = "repair"`, ""), "exercise.toml:1 spec.kind value="},
	{"a hunt with nothing to find", replace("exercise.toml", "repair", "hunt"), "exercise.toml:6 spec.hunt_lines"},
	{"level too low", replace("exercise.toml", "level = 2", "level = 0"), "exercise.toml:2 spec.level"},
	{"level too high", replace("exercise.toml", "level = 2", "level = 6"), "exercise.toml:2 spec.level"},
	{"unknown remark", replace("exercise.toml", "level = 2", "level = 2\nvet = [\"waitgroup\", \"copylock\"]"), "exercise.toml:3 spec.vet known=" + strings.Join(exercises.Remarks, ", ") + " value=copylock"},
	{"no package", replace("exercise.toml", `package = "small"`, ""), "exercise.toml:1 spec.package"},
	{"starter that expects nothing", replace("exercise.toml", `expect = ["leak"]`, ""), "exercise.toml:6 spec.expect_nothing name=starter"},
	{"wrong answer that expects nothing", replace("exercise.toml", `expect = ["test"]`, ""), "exercise.toml:12 spec.expect_nothing name=bad"},
	{"unknown finding that may come", replace("exercise.toml", `expect = ["test"]`, "expect = [\"test\"]\nmay = [\"laek\"]"), "exercise.toml:15 spec.unknown_kind name=bad value=laek"},
	{"a check that is to prove overlap and is not there", replace("exercise.toml", `package = "small"`, "package = \"small\"\nconcurrent = [\"TestTwo\"]"), "exercise.toml:5 spec.concurrent_check name=TestTwo"},
	{"a check that is to prove overlap by a stop-watch", replace("exercise.toml", `package = "small"`, "package = \"small\"\nconcurrent = [\"TestOne\"]"), "small_test.go:7 bundle.real_time name=TestOne"},
	{"a mutant marked as equivalent without a reason", replace("exercise.toml", `package = "small"`, "package = \"small\"\nequivalent = [{ mutant = \"drop-stop\", file = \"small.go\", line = 3 }]"), "exercise.toml:5 spec.equivalent name=drop-stop"},
	{"right answer without a folder", remove("testdata/right/good/small.go"), "exercise.toml:10 spec.no_folder folder=testdata/right name=good"},
	{"wrong answer without a folder", remove("testdata/wrong/bad/small.go"), "exercise.toml:13 spec.no_folder folder=testdata/wrong name=bad"},
	{"right answer not declared", write("testdata/right/other/small.go", "package small"), "testdata/right/other:0 spec.undeclared name=other"},
	{"wrong answer not declared", write("testdata/wrong/other/small.go", "package small"), "testdata/wrong/other:0 spec.undeclared name=other"},
	{"a way to the lesson of no finding", replace("exercise.toml", `package = "small"`, "package = \"small\"\n[[why]]\nfinding = \"laek\"\nsection = \"s\""), "exercise.toml:6 spec.why found=laek key=finding"},
	{"a way to no section", replace("exercise.toml", `package = "small"`, "package = \"small\"\n[[why]]\nfinding = \"leak\""), "exercise.toml:6 spec.why found=leak key=finding"},
	{"a way to no lesson", replace("exercise.toml", "lesson = \"leaks\"\npackage = \"small\"", "package = \"small\"\n[[why]]\nfinding = \"leak\"\nsection = \"s\""), "exercise.toml:5 spec.why found=leak key=finding"},
	{"unknown driver", replace("exercise.toml", `package = "small"`, "package = \"small\"\ndriver = \"remote\""), "exercise.toml:5 spec.driver value=remote"},

	{"no reference", remove("small.go"), ":0 bundle.no_reference"},
	{"no checks", remove("small_test.go"), ":0 bundle.no_checks"},
	{"checks that go test would not run", replace("small_test.go", "TestOne", "testOne"), ":0 bundle.no_checks"},
	{"no starter", remove("testdata/starter/small.go"), "exercise.toml:6 bundle.other_files got= name=starter want=small.go"},
	{"an answer of other files", write("testdata/wrong/bad/more.go", "package small"), "exercise.toml:13 bundle.other_files got=more.go, small.go name=bad want=small.go"},
	{"an answer of no Go file", func(_ *testing.T, fsys fstest.MapFS) {
		delete(fsys, "x/testdata/right/good/small.go")
		fsys["x/testdata/right/good/small.txt"] = &fstest.MapFile{}
	}, "exercise.toml:10 bundle.other_files got= name=good want=small.go"},
	{"checks that do not parse", replace("small_test.go", "func Testimony() {}", "func Testimony( {"), "small_test.go:9 bundle.syntax"},

	{"a reference that does not parse", replace("small.go", "package small\n", "package small\n\nfunc Do( {}\n"), "small.go:4 bundle.reference_syntax"},
	{"a reference of broken bytes", replace("small.go", "package small\n", "package small\n\n// \xff\n"), "small.go:4 bundle.reference_syntax"},

	ofTests("checks that are to prove overlap", replace("exercise.toml", `package = "small"`, "package = \"small\"\nconcurrent = [\"TestOne\"]"),
		"exercise.toml:5 spec.concurrent_test; exercise.toml:5 spec.concurrent_check name=TestOne"),
	ofTests("nothing to test", remove("small.go"), ":0 bundle.no_example"),
	ofTests("no reference test", remove("small_test.go"), ":0 bundle.no_reference"),
	ofTests("no other sound implementation", func(t *testing.T, fsys fstest.MapFS) {
		delete(fsys, "x/testdata/sound/slow/small.go")
	}, ":0 bundle.no_implementation folder=testdata/sound"),
	ofTests("no broken implementation", remove("testdata/broken/leaky/small.go"), ":0 bundle.no_implementation folder=testdata/broken"),
	ofTests("two implementations of one name", write("testdata/sound/leaky/small.go", "package small\n\nfunc Do() {}\n"),
		"testdata/broken/leaky:0 bundle.same_name name=leaky"),
	ofTests("an implementation called as the one at the top", write("testdata/sound/example/small.go", "package small\n\nfunc Do() {}\n"),
		"testdata/sound/example:0 bundle.same_name name=example"),
	ofTests("an implementation of other files", write("testdata/broken/leaky/more.go", "package small"),
		"testdata/broken/leaky:0 bundle.implementation_files got=more.go, small.go name=leaky want=small.go"),
	ofTests("an implementation that does not parse", replace("testdata/broken/leaky/small.go", "func Do()", "func Do("),
		"testdata/broken/leaky/small.go:3 bundle.implementation_syntax"),
	ofTests("an implementation that exports more", replace("testdata/broken/leaky/small.go", "func Do()", "func Do() {}\n\nfunc More()"),
		"testdata/broken/leaky/small.go:5 bundle.other_exports name=leaky"),
	ofTests("an implementation that exports less", replace("testdata/broken/leaky/small.go", "func Do()", "func do()"),
		"testdata/broken/leaky/small.go:1 bundle.other_exports name=leaky"),
	ofTests("an implementation of another signature", replace("testdata/sound/slow/small.go", "func Do()", "func Do(n int)"),
		"testdata/sound/slow/small.go:4 bundle.other_exports name=slow"),
	ofTests("nothing on an implementation", replace("en.md", "Slow.", ""), "en.md:42 prose.no_check name=slow"),

	{"a language missing", remove("en.md"), "en.md:0 prose.missing"},
	{"broken bytes", replace("fr.md", "Two.", "Deux, c'est \xe9l\xe9mentaire."), "fr.md:16 prose.utf8"},
	{"broken bytes in the spec", replace("exercise.toml", `"small"`, "\"sm\xe9ll\""), "exercise.toml:4 spec.syntax"},
	{"four hints", func(t *testing.T, fsys fstest.MapFS) {
		for _, lang := range []string{"fr", "en"} {
			edit(t, fsys, "x/"+lang+".md", "Three.\n", "Three.\n\n<!-- hint -->\n\nFour.\n")
		}
	}, "fr.md:22 prose.hints; en.md:22 prose.hints"},
	{"a section less", replace("en.md", "<!-- check: TestOne -->\n\nOne.\n", ""),
		"en.md:37 prose.no_check name=TestOne; en.md:37 prose.order en=brief hint hint hint explain:leak explain:test explain:bad right:good fr=brief hint hint hint explain:leak explain:test explain:bad right:good check:TestOne"},
	{"no title", replace("fr.md", "title: Small", ""), "fr.md:1 prose.front_matter"},
	{"no summary", replace("en.md", "summary: A small exercise", "summary:"), "en.md:1 prose.front_matter"},
	{"front matter never closed", replace("fr.md", "\n---\n\n", "\n\n"), "fr.md:1 prose.front_matter"},
	{"unknown marker", replace("fr.md", "Two.", "Two.\n\n<!-- author: me -->"), "fr.md:18 prose.unknown_marker marker=<!-- author: me -->"},
	{"unknown marker at the top", replace("fr.md", "<!-- brief -->", "<!-- author: me -->\n<!-- brief -->"), "fr.md:6 prose.unknown_marker marker=<!-- author: me -->"},
	{"text before the first marker", replace("en.md", "<!-- brief -->", "Hello.\n\n<!-- brief -->"), "en.md:6 prose.outside"},
	{"sections in another order", replace("en.md", "<!-- explain: leak -->\n\nLeaks.\n\n<!-- explain: test -->", "<!-- explain: test -->\n\nLeaks.\n\n<!-- explain: leak -->"),
		"en.md:22 prose.order en=brief hint hint hint explain:test explain:leak explain:bad right:good check:TestOne fr=brief hint hint hint explain:leak explain:test explain:bad right:good check:TestOne"},
	{"empty brief", replace("fr.md", "Do it.", ""), "fr.md:6 prose.no_brief"},
	{"nothing on a kind that the starter shows", replace("fr.md", "Leaks.", ""), "fr.md:22 prose.no_explanation name=leak"},
	{"nothing on a wrong answer", replace("en.md", "Bad.", ""), "en.md:30 prose.no_explanation name=bad"},
	{"nothing on a right answer", replace("fr.md", "Good.", ""), "fr.md:34 prose.no_right name=good"},
	{"nothing on a check", replace("en.md", "TestOne -->\n\nOne.", "TestOne -->\n"), "en.md:38 prose.no_check name=TestOne"},
	{"two hints", func(t *testing.T, fsys fstest.MapFS) {
		edit(t, fsys, "x/fr.md", "<!-- hint -->\n\nTwo.\n", "")
		edit(t, fsys, "x/en.md", "<!-- hint -->\n\nTwo.\n", "")
	}, "fr.md:15 prose.hints; en.md:15 prose.hints"},
	{"an unknown finding expected", func(t *testing.T, fsys fstest.MapFS) {
		edit(t, fsys, "x/exercise.toml", `expect = ["test"]`, `expect = ["test", "tset"]`)
		edit(t, fsys, "x/fr.md", "explain: bad -->", "explain: tset -->\n\nx\n\n<!-- explain: bad -->")
		edit(t, fsys, "x/en.md", "explain: bad -->", "explain: tset -->\n\nx\n\n<!-- explain: bad -->")
	}, "exercise.toml:14 spec.unknown_kind name=bad value=tset"},
}...)

// ofTests is a mistake in a bundle that asks for a test.
func ofTests(name string, makeIt func(*testing.T, fstest.MapFS), want string) mistake {
	return mistake{name, func(t *testing.T, fsys fstest.MapFS) {
		askForTest(t, fsys, "x")
		makeIt(t, fsys)
	}, want}
}

// placed puts a defect into the folder x; one without a file is that folder's.
func placed(want string) string {
	return strings.Replace("exercises/x/"+want, "/:", ":", 1)
}

func TestEachMistakeIsOneDefect(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			fsys := small("x")
			m.make(t, fsys)
			c, defects := load(t, fsys)
			var want []string
			for _, d := range strings.Split(m.want, "; ") {
				want = append(want, placed(d))
			}
			// What a parser says is its own, and not held against anything.
			for _, d := range defects {
				delete(d.Params, "reason")
			}
			if got := said(defects); !slices.Equal(got, want) {
				t.Errorf("defects:\ngot  %q\nwant %q", got, want)
			}
			if _, ok := c.Lookup("x"); ok {
				t.Error("an exercise with a defect is in the catalogue")
			}
		})
	}
}

func TestAllDefectsAtOnce(t *testing.T) {
	fsys := small("x")
	var want []string
	for _, m := range []mistake{
		{"", replace("exercise.toml", "level = 2", "level = 9\ncolour = 1"), "exercise.toml:3 spec.unknown_key"},
		{"", func(*testing.T, fstest.MapFS) {}, "exercise.toml:2 spec.level"},
		{"", write("testdata/wrong/other/small.go", "package small"), "testdata/wrong/other:0 spec.undeclared"},
		{"", replace("small_test.go", "func Testimony() {}", "func Testimony( {"), "small_test.go:9 bundle.syntax"},
		{"", write("testdata/right/good/more.go", "package small"), "exercise.toml:11 bundle.other_files"},
		{"", replace("fr.md", "Do it.", ""), "fr.md:6 prose.no_brief"},
		{"", replace("en.md", "title: Small", ""), "en.md:1 prose.front_matter"},
	} {
		m.make(t, fsys)
		want = append(want, placed(m.want))
	}
	for name, file := range small("y") {
		fsys[name] = file
	}
	edit(t, fsys, "y/exercise.toml", "level = 2", "level = -1")
	want = append(want, "exercises/y/exercise.toml:2 spec.level")

	_, defects := load(t, fsys)
	for i := range defects {
		defects[i].Params = nil
	}
	if got := said(defects); !slices.Equal(got, want) {
		t.Errorf("defects:\ngot  %q\nwant %q", got, want)
	}
}

func TestEachDefectHasItsSentenceAndItsTest(t *testing.T) {
	m, err := content.LoadMessages(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	tested := make(map[string]bool)
	for _, mistake := range mistakes {
		fsys := small("x")
		mistake.make(t, fsys)
		_, defects := load(t, fsys)
		for _, d := range defects {
			tested["defect."+d.Key] = true
			if _, err := m.Both("defect."+d.Key, d.Params, nil); err != nil {
				t.Errorf("%s: %v", mistake.name, err)
			}
		}
	}
	for _, key := range m.Keys() {
		family, _, _ := strings.Cut(strings.TrimPrefix(key, "defect."), ".")
		if slices.Contains([]string{"spec", "bundle", "prose"}, family) && !tested[key] {
			t.Errorf("no mistake produces %q", key)
		}
	}
}
