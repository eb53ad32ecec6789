// Package manifest describes the committed script bundle: which file each
// script is in, and what it was made from, so that a stale bundle is found
// without a bundler, without npm and without a network.
package manifest

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Paths inside the module.
const (
	EditorDir = "web/editor"      // sources and the lock file of their dependencies
	BuildDir  = "web/build"       // the generator, which holds the bundler's options
	DistDir   = "web/static/dist" // the bundle
	Name      = "manifest.json"   // of the manifest, in DistDir
)

// Compressed is what the name of a compressed script ends in.
const Compressed = ".br"

// Bundler is the module that bundles. Its version is an input of the bundle.
const Bundler = "github.com/evanw/esbuild"

// A Manifest lists the files of a bundle.
type Manifest struct {
	// Inputs is the hash that [Inputs] gave when the bundle was made.
	Inputs string `json:"inputs"`
	// Files maps logical names ("page.js") to files. Pages ask for the entry
	// points page.js and exercise.js; scripts import the others by their file
	// names.
	Files map[string]File `json:"files"`
}

// A File is one script of the bundle.
type File struct {
	File   string `json:"file"`   // its name in DistDir; changes with its content
	SHA256 string `json:"sha256"` // of its content, in hexadecimal
	Size   int    `json:"size"`   // bytes
	// Brotli is the size of what is sent to most browsers, in bytes: the file of
	// that name with [Compressed] after it. 0 means that there is none.
	Brotli int `json:"brotli,omitempty"`
}

// Read reads the manifest of the bundle in fsys, the root of the module.
func Read(fsys fs.FS) (*Manifest, error) {
	raw, err := fs.ReadFile(fsys, path.Join(DistDir, Name))
	if err != nil {
		return nil, fmt.Errorf("reading the bundle's manifest: %w", err)
	}
	m := new(Manifest)
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, fmt.Errorf("reading the bundle's manifest: %w", err)
	}
	return m, nil
}

// Sum returns the hash of a file's content in the manifest's form.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Inputs returns a hash over everything that the bundle is made from: the
// scripts' sources, the lock file, the generator and the bundler's version.
// fsys is the root of the module.
func Inputs(fsys fs.FS) (string, error) {
	names, err := inputFiles(fsys)
	if err != nil {
		return "", fmt.Errorf("listing the bundle's inputs: %w", err)
	}
	version, err := bundlerVersion(fsys)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s %s\n", Bundler, version)
	for _, name := range names {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", fmt.Errorf("reading the bundle's inputs: %w", err)
		}
		fmt.Fprintf(hash, "%s %s\n", Sum(content), name)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// inputFiles returns the names of the files that the bundle is made from,
// sorted.
func inputFiles(fsys fs.FS) ([]string, error) {
	names := []string{
		EditorDir + "/package.json", EditorDir + "/package-lock.json", EditorDir + "/tsconfig.json",
	}
	err := fs.WalkDir(fsys, EditorDir+"/src", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	generator, err := fs.Glob(fsys, BuildDir+"/*.go")
	if err != nil {
		return nil, err
	}
	names = append(names, generator...)
	slices.Sort(names)
	return names, nil
}

// bundlerVersion reads the version of the bundler from go.mod.
func bundlerVersion(fsys fs.FS) (string, error) {
	mod, err := fs.ReadFile(fsys, "go.mod")
	if err != nil {
		return "", fmt.Errorf("looking up the bundler's version: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(mod))
	for lines.Scan() {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(lines.Text()), "require "))
		if len(words) >= 2 && words[0] == Bundler {
			return words[1], nil
		}
	}
	return "", fmt.Errorf("looking up the bundler's version: go.mod does not require %s", Bundler)
}
