package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
)

// static holds the style sheet, the fonts, and in dist the bundled scripts.
//
//go:embed static
var static embed.FS

const (
	assetPrefix = "/static/"
	distFolder  = "dist/"
	compressed  = ".br" // after the name of a script, better than we do it at the start
	manifest    = "static/dist/manifest.json"
	// styleSheet is made of all the style sheets in the order of their names, so
	// that a page asks for one.
	styleSheet = "css/manche.css"
)

// assets are the files that browsers fetch, by an address that changes with
// their content. They are immutable.
type assets struct {
	tree   string            // hash over all files but dist, part of their address
	dist   map[string]string // logical name -> file, as the bundler wrote it
	byPath map[string]*document
}

// ownAssets are the program's own files. They never change, so they are
// compressed once however many servers there are.
var ownAssets = sync.OnceValues(func() (*assets, error) { return loadAssets(static) })

// loadAssets reads and compresses every file below static.
func loadAssets(fsys fs.FS) (*assets, error) {
	a := &assets{dist: make(map[string]string), byPath: make(map[string]*document)}
	if err := a.readManifest(fsys); err != nil {
		return nil, err
	}
	files := make(map[string][]byte)
	hash := sha256.New()
	err := fs.WalkDir(fsys, "static", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		short := strings.TrimPrefix(name, "static/")
		if !strings.HasPrefix(short, distFolder) {
			fmt.Fprintf(hash, "%s %d\n", short, len(body))
			hash.Write(body)
		}
		files[short] = body
		return err
	})
	if err != nil {
		return nil, err
	}
	files[styleSheet] = joined(files)
	a.tree = hex.EncodeToString(hash.Sum(nil))[:12]
	for name, body := range files {
		if path.Ext(name) != compressed {
			a.byPath[a.address(name)] = newDocumentAs(mediaType(name), body, files[name+compressed])
		}
	}
	return a, nil
}

// joined returns all style sheets in the order of their names.
func joined(files map[string][]byte) []byte {
	var all []byte
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".css" {
			all = append(all, files[name]...)
		}
	}
	return all
}

// bundled is what the bundler's manifest says of one script.
type bundled struct {
	File string `json:"file"`
}

// readManifest learns the addresses of the bundled scripts.
func (a *assets) readManifest(fsys fs.FS) error {
	raw, err := fs.ReadFile(fsys, manifest)
	if err != nil {
		return err
	}
	var m struct {
		Files map[string]bundled `json:"files"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("%s: %w", manifest, err)
	}
	for name, b := range m.Files {
		a.dist[name] = distFolder + b.File
	}
	return nil
}

// address returns where the file with this path below static is served. What
// the bundler made has its hash in its name already.
func (a *assets) address(name string) string {
	if strings.HasPrefix(name, distFolder) {
		return assetPrefix + name
	}
	return assetPrefix + a.tree + "/" + name
}

// URL returns the address of a script by its logical name, or of any other file
// by its path. It panics on a name that does not exist: names are constants, and
// every page is rendered in a test.
func (a *assets) URL(name string) string {
	if file, ok := a.dist[name]; ok {
		name = file
	}
	url := a.address(name)
	if _, ok := a.byPath[url]; !ok {
		panic("web: no static file " + name)
	}
	return url
}

// serve answers with a file, for ever.
func (a *assets) serve(w http.ResponseWriter, r *http.Request) error {
	d, ok := a.byPath[r.URL.Path]
	if !ok {
		return notFound()
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	d.serve(w, r)
	return nil
}

// mediaType returns the type of a file by its name. The table of the host is
// not asked: it differs from machine to machine.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}
