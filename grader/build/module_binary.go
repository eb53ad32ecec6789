package build

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// BuildTests links the test binary of a package, with some files in the place of
// others or beside them, by absolute path. The executable stands in work, which
// the caller owns. It fails with a [SourceError] where the sources are at fault;
// its lines are those of the files that were replaced, if the new ones keep them.
func (t Toolchain) BuildTests(ctx context.Context, f *Folder, race bool, work string, files map[string][]byte) (string, error) {
	replace := make(map[string]string, len(files))
	for path, src := range files {
		// Names in the package's own folder are kept, so that one rule maps them
		// back; the driver's files have folders of their own.
		own := filepath.Join(work, "own", filepath.Base(path))
		if filepath.Dir(path) != f.Dir {
			own = filepath.Join(work, strconv.Itoa(len(replace)), filepath.Base(path))
		}
		if err := os.MkdirAll(filepath.Dir(own), 0o755); err != nil {
			return "", fmt.Errorf("writing the sources: %w", err)
		}
		if err := os.WriteFile(own, src, 0o644); err != nil {
			return "", fmt.Errorf("writing the sources: %w", err)
		}
		replace[path] = own
	}
	list, err := overlayOf(work, replace)
	if err != nil {
		return "", fmt.Errorf("writing the overlay: %w", err)
	}
	program := filepath.Join(work, executable)
	args := append([]string{"test", "-c"}, Config{Race: race}.flags()...)
	args = append(args,
		// The package's own files keep their full paths, which its tests may look
		// for their data by, and by which they are told from all others.
		fmt.Sprintf("-gcflags=.='-trimpath=%s=>%s'", filepath.Join(work, "own"), f.Dir),
		"-vet=off", "-ldflags=-s -w", "-overlay", list, "-o", program, ".")
	if _, err := t.inModule(ctx, f.Dir, args...); err != nil {
		return "", err
	}
	return program, nil
}
