package build

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// Archives are the compiled packages that submissions are built against. They
// are safe for concurrent use. They need no closing before [Archives.Warm].
type Archives struct {
	dir       string
	toolchain Toolchain
	race      bool
	files     map[string]string // import path -> file
	config    string            // the importcfg, with absolute paths
	roots     []string          // what a spare linker reads, the driver first
	linker    string            // the spare linker
	spared    atomic.Bool       // it is there
	strict    bool              // the stock linker is not to be used
	cells     cells             // where the tools run
	patience  patience          // with each of them
	spares    pool[*spare]
	compilers pool[*compiler]
}

// load reads the list of archives; it fails with fs.ErrNotExist where none were
// prepared.
func (a *Archives) load() error {
	raw, err := os.ReadFile(filepath.Join(a.dir, importcfg))
	if err != nil {
		return err
	}
	a.files = make(map[string]string)
	var cfg strings.Builder
	for line := range strings.Lines(string(raw)) {
		path, name, _ := strings.Cut(strings.TrimSpace(line), "=")
		a.files[path] = filepath.Join(a.dir, name)
		fmt.Fprintf(&cfg, "packagefile %s=%s\n", path, a.files[path])
	}
	a.config = cfg.String()
	_, err = os.Stat(a.linker)
	a.spared.Store(err == nil)
	return nil
}

// Race reports whether programs are built with the race detector.
func (a *Archives) Race() bool { return a.race }

// Toolchain returns what the archives were made with.
func (a *Archives) Toolchain() Toolchain { return a.toolchain }

// Packages lists the import paths of all archives, sorted.
func (a *Archives) Packages() []string { return slices.Sorted(maps.Keys(a.files)) }

// whole looks whether all archives are there: somebody may have emptied the cache.
func (a *Archives) whole() error {
	for path, file := range a.files {
		if _, err := os.Stat(file); err != nil {
			return fmt.Errorf("looking for the archive of %s: %w", path, err)
		}
	}
	return nil
}

// Open returns the archive of a package, for its export data. The caller closes
// it. It has the form that go/importer.ForCompiler wants for its lookup.
func (a *Archives) Open(path string) (io.ReadCloser, error) {
	file, ok := a.files[path]
	if !ok {
		return nil, fmt.Errorf("package %s was not prepared", path)
	}
	return os.Open(file)
}
