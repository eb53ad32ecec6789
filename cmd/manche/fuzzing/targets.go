// Package fuzzing is what the verb "bench fuzz" does: it finds the fuzz targets of
// a module, runs each for a while, and makes a report of what came of them.
package fuzzing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Target is a fuzz target.
type Target struct {
	Package string `json:"package"` // import path
	Name    string `json:"name"`
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir           string
	TestGoFiles, XTestGoFiles []string
}

// Find lists the fuzz targets of the module in the working folder, by package and
// as they stand in it. Having none is no error.
func Find(ctx context.Context) ([]Target, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-json=ImportPath,Dir,TestGoFiles,XTestGoFiles", "./...")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages of the module: %w\n%s", err, bytes.TrimSpace(said.Bytes()))
	}
	var all []Target
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the list of packages: %w", err)
		}
		for _, name := range slices.Concat(p.TestGoFiles, p.XTestGoFiles) {
			names, err := targetsOf(filepath.Join(p.Dir, name))
			if err != nil {
				return nil, fmt.Errorf("looking for fuzz targets: %w", err)
			}
			for _, target := range names {
				all = append(all, Target{p.ImportPath, target})
			}
		}
	}
}

// targetsOf lists the fuzz targets of a file.
func targetsOf(name string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && isTarget(f.Name.Name) && len(f.Type.Params.List) == 1 {
			names = append(names, f.Name.Name)
		}
	}
	return names, nil
}

// isTarget tells what go test takes for the name of a fuzz target.
func isTarget(name string) bool {
	rest, ok := strings.CutPrefix(name, "Fuzz")
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && !unicode.IsLower(first)
}
