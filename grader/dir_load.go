package grader

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/importer"
	"go/scanner"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
)

// placed is a package in its owner's module, ready to be built.
type placed struct {
	folder  *build.Folder
	module  *harness.Module
	program *harness.Program
}

// load reads and checks the package in a folder. What it complains of, or fails
// with as a [build.SourceError], is the owner's to mend.
func (j *judgement) load(ctx context.Context, dir string) (*placed, []policy.Complaint, error) {
	toolchain := j.g.config.Toolchain
	folder, err := toolchain.Look(ctx, dir)
	if folder != nil {
		if folder.Empty() {
			return nil, []policy.Complaint{{Key: "build.no_files"}}, nil
		}
		j.know(folder)
	}
	if err != nil {
		return nil, nil, err
	}
	module, err := j.read(folder)
	if err != nil {
		return nil, nil, err
	}
	exports, err := toolchain.Exports(ctx, folder, j.terms.orders.Race)
	if err != nil {
		return nil, nil, err
	}
	var complaints []policy.Complaint
	module.Package, complaints = harness.CheckTypes(folder.Name, folder.Module.GoVersion, module.Code, importerOf(exports))
	if len(complaints) > 0 {
		return nil, complaints, nil
	}
	j.pkg = module.Package
	program, err := module.Program()
	if list := (scanner.ErrorList)(nil); errors.As(err, &list) {
		return nil, syntaxErrors(list), nil
	} else if err != nil {
		return nil, nil, err
	}
	if len(program.Checks) == 0 {
		return nil, []policy.Complaint{{Key: "build.no_tests"}}, nil
	}
	j.ex.CheckList = program.Checks
	return &placed{folder, module, program}, nil, nil
}

// know takes in what the package is and which files it has.
func (j *judgement) know(f *build.Folder) {
	if f.ImportPath != "" && f.ImportPath != "." {
		j.ex.Slug = f.ImportPath
	}
	j.ex.Package = f.Name
	j.ex.Editable = slices.Concat(f.GoFiles, f.CgoFiles)
	j.ex.Checks = make(map[string][]byte)
	for _, name := range slices.Concat(f.TestGoFiles, f.XTestGoFiles) {
		j.ex.Checks[name] = []byte{}
	}
}

// read reads the package's files.
func (j *judgement) read(f *build.Folder) (*harness.Module, error) {
	m := &harness.Module{
		Name: f.Name, Path: f.Module.Path, Root: f.Module.Dir, GoVersion: f.Module.GoVersion, Dir: f.Dir,
	}
	for _, group := range []struct {
		names []string
		files *map[string][]byte
	}{{j.ex.Editable, &m.Code}, {f.TestGoFiles, &m.Tests}, {f.XTestGoFiles, &m.External}} {
		*group.files = make(map[string][]byte)
		for _, name := range group.names {
			src, err := os.ReadFile(filepath.Join(f.Dir, name))
			if err != nil {
				return nil, fmt.Errorf("reading the package: %w", err)
			}
			(*group.files)[name] = src
		}
	}
	for _, tests := range []map[string][]byte{m.Tests, m.External} {
		maps.Copy(j.ex.Checks, tests)
	}
	j.ex.Revision = revisionOf(m.Code, m.Tests, m.External)
	return m, nil
}

// revisionOf is a hash of files, in hex.
func revisionOf(groups ...map[string][]byte) string {
	h := sha256.New()
	for _, files := range groups {
		fmt.Fprintf(h, "%d files:", len(files)) // one that stands in another group is another
		for _, name := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(h, "%d:%s%d:", len(name), name, len(files[name]))
			h.Write(files[name])
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// importerOf resolves imports by files with export data.
func importerOf(exports map[string]string) types.Importer {
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file, ok := exports[path]
		if !ok {
			return nil, fmt.Errorf("package %s was not compiled", path)
		}
		return os.Open(file)
	})
}

// syntaxErrors turns what the parser has against the tests into complaints.
func syntaxErrors(list scanner.ErrorList) []policy.Complaint {
	var complaints []policy.Complaint
	for _, e := range list[:min(len(list), maxFaults)] {
		complaints = append(complaints, policy.Complaint{
			Key: "build.syntax", Params: map[string]string{"message": e.Msg}, File: e.Pos.Filename, Line: e.Pos.Line, Column: e.Pos.Column,
		})
	}
	return complaints
}
