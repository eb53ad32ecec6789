package exercises_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"manche/exercises"
)

// spec declares the answers of the small bundle.
const spec = `kind = "repair"
level = 2
lesson = "leaks"
package = "small"

[starter]
expect = ["leak"]

[[right]]
name = "good"

[[wrong]]
name = "bad"
expect = ["test"]
`

// prose is the same in both languages: nothing here reads the words.
const prose = `---
title: Small
summary: A small exercise
---

<!-- brief -->

Do it.

<!-- hint -->

One.

<!-- hint -->

Two.

<!-- hint -->

Three.

<!-- explain: leak -->

Leaks.

<!-- explain: test -->

Wrong.

<!-- explain: bad -->

Bad.

<!-- right: good -->

Good.

<!-- check: TestOne -->

One.
`

const checks = `package small

import "testing"

func TestMain(m *testing.M) { m.Run() }

func TestOne(t *testing.T) {}

func Testimony() {}
`

// small is a bundle without defects, in the folder of the given slug.
func small(slug string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for name, text := range map[string]string{
		"exercise.toml":                spec,
		"fr.md":                        prose,
		"en.md":                        prose,
		"small.go":                     "// Package small does it.\npackage small\n",
		"small_test.go":                checks,
		"testdata/starter/small.go":    "package small // starter\n",
		"testdata/right/good/small.go": "package small // right\n",
		"testdata/wrong/bad/small.go":  "package small // wrong\n",
	} {
		fsys[slug+"/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// askForTest turns a small bundle into one that asks for a test.
func askForTest(t *testing.T, fsys fstest.MapFS, slug string) {
	t.Helper()
	edit(t, fsys, slug+"/exercise.toml", `"repair"`, `"test"`)
	for _, lang := range []string{"fr", "en"} {
		edit(t, fsys, slug+"/"+lang+".md", "<!-- check: TestOne -->\n\nOne.\n",
			"<!-- check: example -->\n\nFirst.\n\n<!-- check: slow -->\n\nSlow.\n\n<!-- check: leaky -->\n\nLeaks.\n")
	}
	for _, answer := range []string{"starter", "right/good", "wrong/bad"} {
		delete(fsys, slug+"/testdata/"+answer+"/small.go")
		fsys[slug+"/testdata/"+answer+"/small_test.go"] = &fstest.MapFile{Data: []byte(checks)}
	}
	for file, text := range map[string]string{
		"small.go":                       "// Package small does it.\npackage small\n\nimport \"sync\"\n\nvar mu sync.Mutex\n\n// Do does it.\nfunc Do() { mu.Lock(); mu.Unlock() }\n",
		"testdata/sound/slow/small.go":   "package small\n\n// Do is slow.\nfunc Do() {\n\tslowly()\n}\n\nfunc slowly() {}\n",
		"testdata/broken/leaky/small.go": "package small\n\nfunc Do() { go func() { select {} }() }\n",
	} {
		fsys[slug+"/"+file] = &fstest.MapFile{Data: []byte(text)}
	}
}

// edit replaces a text that must stand in a file exactly once.
func edit(t *testing.T, fsys fstest.MapFS, name, old, text string) {
	t.Helper()
	file := fsys[name]
	if file == nil || strings.Count(string(file.Data), old) != 1 {
		t.Fatalf("%s does not hold %q exactly once", name, old)
	}
	fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(file.Data), old, text, 1))}
}

func load(t *testing.T, fsys fstest.MapFS) (*exercises.Catalog, []exercises.Defect) {
	t.Helper()
	c, defects, err := exercises.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c, defects
}

// lookup loads a bundle that must have no defects.
func lookup(t *testing.T, fsys fstest.MapFS, slug string) *exercises.Exercise {
	t.Helper()
	c, defects := load(t, fsys)
	ex, ok := c.Lookup(slug)
	if !ok || len(defects) > 0 {
		t.Fatalf("exercise %q: found %v, defects %v", slug, ok, said(defects))
	}
	return ex
}

// said puts defects into lines: file:line key, and the parameters by name.
func said(defects []exercises.Defect) []string {
	var lines []string
	for _, d := range defects {
		line := fmt.Sprintf("%s:%d %s", d.File, d.Line, d.Key)
		for _, name := range slices.Sorted(maps.Keys(d.Params)) {
			line += " " + name + "=" + d.Params[name]
		}
		lines = append(lines, line)
	}
	return lines
}
