package build

import (
	"cmp"
	"context"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// importcfg is the file that tells compiler and linker where the archives are;
// it is written last, so that a folder that has it is complete.
const importcfg = "importcfg"

// collect copies the listed archives ("path=file") out of the go command's
// cache, which may drop them at any time, and writes the importcfg.
func (c Config) collect(ctx context.Context, listed []string, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making the archive folder: %w", err)
	}
	var cfg, link strings.Builder
	for _, line := range listed {
		path, file, _ := strings.Cut(line, "=")
		name := archiveName(path)
		if err := copyFile(filepath.Join(dir, name), file); err != nil {
			return fmt.Errorf("copying the archive of %s: %w", path, err)
		}
		if strings.HasPrefix(path, "runtime/race/internal/") {
			mergePopcount(ctx, filepath.Join(dir, name)) // a gain where it works, no harm where not
		}
		fmt.Fprintf(&cfg, "%s=%s\n", path, name)
		fmt.Fprintf(&link, "packagefile %s=%s\n", path, name)
	}
	if err := os.WriteFile(filepath.Join(dir, linkConfig), []byte(link.String()), 0o644); err != nil {
		return fmt.Errorf("writing the linker's list of archives: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, importcfg), []byte(cfg.String()), 0o644); err != nil {
		return fmt.Errorf("writing the list of archives: %w", err)
	}
	return openToAll(dir)
}

// openToAll lets everyone read a folder and its files, whatever the umask: behind
// walls the tools belong to nobody.
func openToAll(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = cmp.Or(err, os.Chmod(filepath.Join(dir, e.Name()), 0o644))
	}
	if err = cmp.Or(err, os.Chmod(dir, 0o755)); err != nil {
		return fmt.Errorf("opening the archives to the tools: %w", err)
	}
	return nil
}

// archiveName is the file name for the archive of a package.
func archiveName(path string) string { return strings.ReplaceAll(path, "/", "~") + ".a" }

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// writeFiles hashes names, lengths and contents.
func writeFiles(h hash.Hash, files map[string][]byte) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d:%s%d:", len(name), name, len(files[name]))
		h.Write(files[name])
	}
}
