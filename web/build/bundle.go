package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// A script is one file of the bundle.
type script struct {
	name    string // logical: "page.js"
	file    string // with the hash of its content: "page-ABCDEFGH.js"
	content []byte
}

// banner stands at the head of each script; esbuild finds no licence comments
// to keep in the packages that it bundles.
const banner = "/* La Manche. Licences of others' code: " + licenceFile + " */"

// options are esbuild's. The target is what browsers have supported since 2022.
func options(editor string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir:     editor,
		EntryPoints:       []string{"src/page.ts", "src/home.ts", "src/exercise.ts", "src/lesson.ts"},
		Outdir:            "dist",
		EntryNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Bundle:            true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Platform:          api.PlatformBrowser,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Metafile:          true,
		Banner:            map[string]string{"js": banner},
	}
}

// metafile is what esbuild tells about a build, as far as it is used here.
type metafile struct {
	Inputs  map[string]struct{} `json:"inputs"`
	Outputs map[string]struct {
		EntryPoint string `json:"entryPoint"`
	} `json:"outputs"`
}

// bundle returns the scripts and the names of the packages that went into them,
// both sorted.
func bundle(editor string) ([]script, []string, error) {
	dir, err := filepath.Abs(editor)
	if err != nil {
		return nil, nil, err
	}
	result := api.Build(options(dir))
	if len(result.Errors)+len(result.Warnings) > 0 {
		return nil, nil, complaints(result)
	}
	var meta metafile
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, nil, fmt.Errorf("reading esbuild's metafile: %w", err)
	}
	scripts := make([]script, 0, len(result.OutputFiles))
	for _, f := range result.OutputFiles {
		file := filepath.Base(f.Path)
		name := logicalName(file, meta.Outputs["dist/"+file].EntryPoint)
		scripts = append(scripts, script{name: name, file: file, content: f.Contents})
	}
	slices.SortFunc(scripts, func(a, b script) int { return strings.Compare(a.file, b.file) })
	return scripts, packagesIn(meta), nil
}

// complaints returns what esbuild found wrong; a warning is wrong too.
func complaints(result api.BuildResult) error {
	var all []error
	for _, m := range slices.Concat(result.Errors, result.Warnings) {
		text := m.Text
		if l := m.Location; l != nil {
			text = fmt.Sprintf("%s:%d:%d: %s", l.File, l.Line, l.Column+1, text)
		}
		all = append(all, errors.New(text))
	}
	return errors.Join(all...)
}

// logicalName returns "page.js" for the entry point src/page.ts. What several
// scripts share has no entry point and is known by its file name.
func logicalName(file, entryPoint string) string {
	if entryPoint == "" {
		return file
	}
	return strings.TrimSuffix(path.Base(entryPoint), ".ts") + ".js"
}

// packagesIn returns the npm packages that a build took files from.
func packagesIn(meta metafile) []string {
	seen := make(map[string]bool)
	for input := range meta.Inputs {
		inside, ok := strings.CutPrefix(input, "node_modules/")
		if !ok {
			continue
		}
		parts := strings.Split(inside, "/")
		name := parts[0]
		if strings.HasPrefix(name, "@") {
			name += "/" + parts[1]
		}
		seen[name] = true
	}
	return slices.Sorted(maps.Keys(seen))
}
