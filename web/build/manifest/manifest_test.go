package manifest_test

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"manche/web/build/manifest"
)

const remedy = "run `npm ci` in web/editor, then `go generate ./web/build`, and commit web/static/dist"

// root is the module, seen from this package.
func root() fs.FS { return os.DirFS("../../..") }

func TestBundleIsCurrent(t *testing.T) {
	m, err := manifest.Read(root())
	if err != nil {
		t.Fatal(err)
	}
	want, err := manifest.Inputs(root())
	if err != nil {
		t.Fatal(err)
	}
	if m.Inputs != want {
		t.Errorf("the bundle was made from inputs %.12s, the sources are %.12s: %s", m.Inputs, want, remedy)
	}
}

func TestBundleIsWhole(t *testing.T) {
	m, err := manifest.Read(root())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{manifest.Name, "THIRD_PARTY_LICENSES.txt"}
	for name, f := range m.Files {
		want = append(want, f.File)
		content, err := fs.ReadFile(root(), manifest.DistDir+"/"+f.File)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := manifest.Sum(content); got != f.SHA256 || len(content) != f.Size {
			t.Errorf("%s: got %d bytes with hash %.12s, the manifest says %d and %.12s: %s",
				f.File, len(content), got, f.Size, f.SHA256, remedy)
		}
		if f.Brotli > 0 {
			want = append(want, f.File+manifest.Compressed)
			wantCompressed(t, f, content)
		}
	}
	entries, err := fs.ReadDir(root(), manifest.DistDir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("files of the bundle: got %v, want %v: %s", got, want, remedy)
	}
}

// wantCompressed holds the compressed form of a script against the script.
func wantCompressed(t *testing.T, f manifest.File, content []byte) {
	t.Helper()
	small, err := fs.ReadFile(root(), manifest.DistDir+"/"+f.File+manifest.Compressed)
	if err != nil {
		t.Error(err)
		return
	}
	got, err := io.ReadAll(brotli.NewReader(bytes.NewReader(small)))
	if err != nil || !bytes.Equal(got, content) || len(small) != f.Brotli {
		t.Errorf("%s: its compressed form is another script of %d bytes (%v), the manifest says %d: %s", f.File, len(small), err, f.Brotli, remedy)
	}
}

func TestPagesFindTheirScripts(t *testing.T) {
	m, err := manifest.Read(root())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"page.js", "exercise.js", "editor.js"} {
		if m.Files[name].File == "" {
			t.Errorf("the manifest has no %s", name)
		}
	}
}

// Bytes that a page pays for before anything of it moves. A page without an
// editor needs no more than a helper or two; the editor itself comes later.
var budgets = map[string]int{"page.js": 4 << 10, "exercise.js": 16 << 10, "editor.js": 512 << 10}

func TestBundleIsSmall(t *testing.T) {
	m, err := manifest.Read(root())
	if err != nil {
		t.Fatal(err)
	}
	for name, budget := range budgets {
		if got := m.Files[name].Size; got > budget {
			t.Errorf("%s: got %d bytes, want at most %d", name, got, budget)
		}
	}
}

// course returns a module that has all the inputs of a bundle.
func course() fstest.MapFS {
	return fstest.MapFS{
		"go.mod":                       {Data: []byte("module m\n\nrequire (\n\t" + manifest.Bundler + " v0.1.0 // indirect\n)\n")},
		"web/editor/package.json":      {Data: []byte("{}")},
		"web/editor/package-lock.json": {Data: []byte("{}")},
		"web/editor/tsconfig.json":     {Data: []byte("{}")},
		"web/editor/src/a.ts":          {Data: []byte("a")},
		"web/editor/src/deep/b.ts":     {Data: []byte("b")},
		"web/build/main.go":            {Data: []byte("package main")},
	}
}

func TestInputsChangeWithEachInput(t *testing.T) {
	before, err := manifest.Inputs(course())
	if err != nil {
		t.Fatal(err)
	}
	changed := map[string]string{
		"go.mod":                       "require " + manifest.Bundler + " v0.1.1\n",
		"web/editor/package.json":      "{ }",
		"web/editor/package-lock.json": "{ }",
		"web/editor/tsconfig.json":     "{ }",
		"web/editor/src/a.ts":          "A",
		"web/editor/src/deep/b.ts":     "B",
		"web/editor/src/new.ts":        "",
		"web/build/main.go":            "package main // changed",
	}
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		fsys := course()
		fsys[name] = &fstest.MapFile{Data: []byte(changed[name])}
		after, err := manifest.Inputs(fsys)
		if err != nil {
			t.Fatal(err)
		}
		if after == before {
			t.Errorf("%s changed, the hash of the inputs did not", name)
		}
	}
}

func TestInputsIgnoreTheRest(t *testing.T) {
	before, err := manifest.Inputs(course())
	if err != nil {
		t.Fatal(err)
	}
	fsys := course()
	fsys["web/editor/node_modules/x/index.js"] = &fstest.MapFile{Data: []byte("x")}
	fsys["web/static/dist/page.js"] = &fstest.MapFile{Data: []byte("x")}
	after, err := manifest.Inputs(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if after != before {
		t.Error("a file that is no input changed the hash of the inputs")
	}
}

func TestInputsNeedEachPart(t *testing.T) {
	for _, name := range []string{"go.mod", "web/editor/package-lock.json", "web/editor/src/a.ts"} {
		fsys := course()
		delete(fsys, name)
		if name == "web/editor/src/a.ts" {
			delete(fsys, "web/editor/src/deep/b.ts")
		}
		if sum, err := manifest.Inputs(fsys); err == nil {
			t.Errorf("without %s: got %.12s, want an error", name, sum)
		}
	}
	fsys := course()
	fsys["go.mod"] = &fstest.MapFile{Data: []byte("module m\n")}
	if sum, err := manifest.Inputs(fsys); err == nil {
		t.Errorf("without a bundler: got %.12s, want an error", sum)
	}
}
