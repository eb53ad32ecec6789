package grader

import (
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"io/fs"
)

// imports resolves imports from the archives. It loads packages as they are used,
// and serves one reader at a time.
type imports struct {
	types.Importer
	err error // an archive that is there could not be read
}

// newImports makes them of what opens the archive of a package.
func newImports(open func(path string) (io.ReadCloser, error)) *imports {
	i := new(imports)
	i.Importer = importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		archive, err := open(path)
		if ours := (*fs.PathError)(nil); errors.As(err, &ours) {
			i.err = fmt.Errorf("opening the archive of %s: %w", path, err)
		}
		return archive, err
	})
	return i
}

// failed returns why an import failed for a reason of ours since it was last asked.
// To the type checker that is an error in the sources.
func (i *imports) failed() error {
	err := i.err
	i.err = nil
	return err
}
