// Package harness is what is compiled beside the learner's code, and how the
// program that results reports back.
//
// [Checks.Program] puts a submission, the checks of its exercise and a
// generated main function together as one Go package, which one run of the
// compiler can translate. The submission keeps its line numbers. The checks'
// names are made unguessable, so that neither side can meet the other by
// accident or on purpose. [Apart] makes two programs of them, and [Talk] is what
// goes between. [Whole] has a program that is one already run by itself.
// [Program.Read] takes the report of the driver (package driver) and believes what
// is authentic in it.
package harness

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// DriverPath is the import path of the driver.
const DriverPath = "manche/grader/harness/driver"

//go:embed driver/*.go driver/*.s wire/*.go
var driverFS embed.FS

// DriverSources returns the sources of the driver and of what it imports of
// ours, by import path and file name, to be compiled with the other packages
// that submissions are built against. The driver itself must not be linked into
// any other program: it takes standard input for its own.
func DriverSources() (map[string]map[string][]byte, error) {
	packages := make(map[string]map[string][]byte)
	err := fs.WalkDir(driverFS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := driverFS.ReadFile(name)
		pkg := path.Join(path.Dir(DriverPath), path.Dir(name))
		if packages[pkg] == nil {
			packages[pkg] = make(map[string][]byte)
		}
		packages[pkg][path.Base(name)] = src
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the driver's sources: %w", err)
	}
	return packages, nil
}
