package exercises_test

import (
	"testing"
	"testing/fstest"
)

// Wherever TOML lets an author write a key, that is the line of its defect.
func TestKeysAreFound(t *testing.T) {
	const answers = "\n[[right]]\nname = \"good\"\n\n[[wrong]]\nname = \"bad\"\nexpect = [\"test\"]\n"
	for _, m := range []mistake{
		{"missing", replace("exercise.toml", "[starter]\nexpect = [\"leak\"]", "[starter]\n"), "exercise.toml:6 spec.expect_nothing name=starter"},
		{"dotted", replace("exercise.toml", "\n[starter]\nexpect = [\"leak\"]", "\nstarter.expect = [\n  \"leak\",\n]\nstarter.may = [\"laek\"]"),
			"exercise.toml:9 spec.unknown_kind name=starter value=laek"},
		{"inline", replace("exercise.toml", "\n[starter]\nexpect = [\"leak\"]\n"+answers,
			"starter = { expect = [\"leak\"] }\nright = [{ name = \"good\" }]\nwrong = [\n  # this one\n  { name = \"bad\", expect = [\"test\"],\n    may = [\"laek\"] },\n]\n"),
			"exercise.toml:10 spec.unknown_kind name=bad value=laek"},
		{"inline and missing", replace("exercise.toml", "\n[starter]\nexpect = [\"leak\"]\n"+answers,
			"starter = { expect = [\"leak\"] }\nright = [{ name = \"good\" }]\nwrong = [\n  { name = \"bad\" },\n]\n"),
			"exercise.toml:7 spec.expect_nothing name=bad"},
		{"quoted", replace("exercise.toml", "level = 2", "\"level\" = 9"), "exercise.toml:2 spec.level"},
		{"the second of two", replace("exercise.toml", "[[right]]\nname = \"good\"", "[[right]]\nname = \"good\"\n\n[[right]]\nname = \"gone\""),
			"exercise.toml:13 spec.no_folder folder=testdata/right name=gone"},
	} {
		t.Run(m.name, func(t *testing.T) {
			fsys := small("x")
			m.make(t, fsys)
			_, defects := load(t, fsys)
			if got := said(defects); len(got) != 1 || got[0] != placed(m.want) {
				t.Errorf("defects %q, want %q", got, placed(m.want))
			}
		})
	}
}

func TestDeclarationsAreFound(t *testing.T) {
	fsys := small("x")
	replace("exercise.toml", "[starter]", "equivalent = [{ mutant = \"drop-stop\", file = \"small.go\", line = 3, reason = \"so\" }]\n\n[starter]")(t, fsys)
	ex := lookup(t, fsys, "x")
	got := [...]int{ex.Starter.Declared, ex.Right[0].Declared, ex.Wrong[0].Declared, ex.Equivalent[0].Declared}
	if want := [...]int{8, 12, 15, 6}; got != want {
		t.Errorf("lines of starter, right, wrong and mark = %v, want %v", got, want)
	}
}

// A document that breaks off, or is none at all, has no lines to go by; its
// defects still come.
func TestSpecThatIsNone(t *testing.T) {
	for _, text := range []string{"", "\x00", "[", "[[", "a", "a.b.", "= 1", "[right]\n[[right]]", "right.0.name = 1"} {
		fsys := small("x")
		fsys["x/exercise.toml"] = &fstest.MapFile{Data: []byte(text)}
		if _, defects := load(t, fsys); len(defects) == 0 {
			t.Errorf("%q has no defect", text)
		}
	}
}
