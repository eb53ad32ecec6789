package skeleton

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Write makes a folder with these files in it, by path inside it, and returns
// their paths, sorted. What is there already stays as it is: the error is then
// os.ErrExist. A folder that could not be finished is taken back.
func Write(folder string, files map[string][]byte) ([]string, error) {
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return nil, fmt.Errorf("making room for %s: %w", folder, err)
	}
	if err := os.Mkdir(folder, 0o755); err != nil {
		return nil, fmt.Errorf("making %s: %w", folder, err)
	}
	var written []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(folder, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(file), 0o755)
		if err == nil {
			err = os.WriteFile(file, files[name], 0o644)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("writing %s: %w", file, err), os.RemoveAll(folder))
		}
		written = append(written, file)
	}
	return written, nil
}
