// Build bundles the browser's scripts from web/editor/src into web/static/dist,
// which is committed: neither building nor testing the course needs npm. After a
// change to the sources, their dependencies or this program, run
//
//	(cd web/editor && npm ci) && go generate ./web/build
//
// The same inputs give the same bytes on every machine. That the committed
// bundle belongs to the committed sources is tested in
// manche/web/build/manifest, and proved by running the commands above and
// seeing that git has nothing to report.
package main

//go:generate go run .

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"

	"manche/web/build/manifest"
)

// module is the root of the module, from this directory, where go generate runs.
const module = "../.."

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// build makes the whole bundle before it touches the old one.
func build() error {
	scripts, packages, err := bundle(filepath.Join(module, manifest.EditorDir))
	if err != nil {
		return err
	}
	licences, err := thirdParty(filepath.Join(module, manifest.EditorDir), packages)
	if err != nil {
		return err
	}
	inputs, err := manifest.Inputs(os.DirFS(module))
	if err != nil {
		return err
	}
	files := map[string][]byte{licenceFile: licences}
	m := manifest.Manifest{Inputs: inputs, Files: make(map[string]manifest.File)}
	for _, s := range scripts {
		files[s.file] = s.content
		f := manifest.File{File: s.file, SHA256: manifest.Sum(s.content), Size: len(s.content)}
		if f.Size >= worthwhile {
			small, err := compressed(s.content)
			if err != nil {
				return err
			}
			files[s.file+manifest.Compressed], f.Brotli = small, len(small)
		}
		m.Files[s.name] = f
	}
	listing, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	files[manifest.Name] = append(listing, '\n')
	return replace(filepath.Join(module, manifest.DistDir), files)
}

// worthwhile is the size in bytes below which compressing saves no packet.
const worthwhile = 1 << 10

// compressed is what takes seconds to make, and a server that starts has not: a
// twelfth smaller than what it makes itself.
func compressed(content []byte) ([]byte, error) {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	_, err := w.Write(content)
	if err := errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("compressing a script: %w", err)
	}
	return out.Bytes(), nil
}

// replace makes the files the only ones in the directory.
func replace(dir string, files map[string][]byte) error {
	old, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range old {
		if _, kept := files[e.Name()]; kept {
			continue
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
