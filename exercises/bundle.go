package exercises

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// The fixed names inside a bundle.
const (
	specFile   = "exercise.toml"
	starterDir = "testdata/starter"
	rightDir   = "testdata/right"
	wrongDir   = "testdata/wrong"
	soundDir   = "testdata/sound"
	brokenDir  = "testdata/broken"
)

// bundle is the folder of one exercise as it lies on disk: contents by path
// from the folder.
type bundle struct {
	slug  string
	files map[string][]byte
	lines keyLines // of exercise.toml
}

// readBundle reads all files below the folder slug.
func readBundle(fsys fs.FS, slug string) (bundle, error) {
	b := bundle{slug: slug, files: make(map[string][]byte)}
	err := fs.WalkDir(fsys, slug, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		b.files[strings.TrimPrefix(name, slug+"/")] = raw
		return err
	})
	b.lines = linesOf(b.files[specFile])
	return b, err
}

// in returns the Go files that lie directly in dir, by base name.
func (b bundle) in(dir string) Files {
	found := make(Files)
	for name, raw := range b.files {
		if path.Dir(name) == dir && path.Ext(name) == ".go" {
			found[path.Base(name)] = raw
		}
	}
	return found
}

// variants lists the folders below dir, sorted.
func (b bundle) variants(dir string) []string {
	seen := make(map[string]bool)
	for name := range b.files {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			variant, _, _ := strings.Cut(rest, "/")
			seen[variant] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// split parts the Go files at the top of the bundle into the reference
// solution and the checks.
func (b bundle) split() (reference, checks Files) {
	reference, checks = make(Files), make(Files)
	for name, raw := range b.in(".") {
		if strings.HasSuffix(name, "_test.go") {
			checks[name] = raw
		} else {
			reference[name] = raw
		}
	}
	return reference, checks
}

// revision hashes the whole bundle: names, lengths and contents.
func (b bundle) revision() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		fmt.Fprintf(h, "%d:%s%d:", len(name), name, len(b.files[name]))
		h.Write(b.files[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// byPlace orders exercises as a learner meets them.
func byPlace(a, b *Exercise) int {
	return cmp.Or(cmp.Compare(a.Lesson, b.Lesson), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Slug, b.Slug))
}
