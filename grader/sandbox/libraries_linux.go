//go:build linux && (amd64 || arm64)

package sandbox

import (
	"debug/elf"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// library is a host file that a dynamic program needs, and where it looks for it.
type library struct{ Source, Target string }

// libraryFolders is where the dynamic loaders of the common systems look when
// they are told nothing, most specific first.
func libraryFolders() []string {
	return []string{
		"/lib/" + libraryTriple, "/usr/lib/" + libraryTriple,
		"/lib64", "/usr/lib64", "/lib", "/usr/lib",
	}
}

// librariesOf returns the loader of a dynamic program and all the libraries
// that it needs; nothing for a static one.
func librariesOf(path string) ([]library, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	loader, err := interpreter(f)
	if loader == "" || err != nil {
		return nil, err
	}
	first, err := locate(loader)
	if err != nil {
		return nil, err
	}
	found := []library{first}
	seen := map[string]bool{filepath.Base(loader): true}
	needed, err := f.ImportedLibraries()
	for ; err == nil && len(needed) > 0; needed = needed[1:] {
		name := needed[0]
		if seen[name] {
			continue
		}
		seen[name] = true
		lib, more, lerr := find(name)
		found, needed, err = append(found, lib), append(needed, more...), lerr
	}
	return found, err
}

// interpreter returns the path of the program's dynamic loader, "" if it is static.
func interpreter(f *elf.File) (string, error) {
	for _, p := range f.Progs {
		if p.Type != elf.PT_INTERP {
			continue
		}
		b := make([]byte, min(p.Filesz, 4096)) // PATH_MAX
		if _, err := p.ReadAt(b, 0); err != nil {
			return "", fmt.Errorf("reading the loader's name: %w", err)
		}
		return strings.TrimRight(string(b), "\x00"), nil
	}
	return "", nil
}

// find looks for a library by name and returns what it needs in turn.
func find(name string) (library, []string, error) {
	if strings.Contains(name, "/") {
		return library{}, nil, fmt.Errorf("library %q is not named by a bare name", name)
	}
	for _, dir := range libraryFolders() {
		lib, err := locate(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return library{}, nil, err
		}
		if needed, ours, err := needs(lib.Source); ours {
			return lib, needed, err
		}
	}
	return library{}, nil, fmt.Errorf("library %q: %w", name, os.ErrNotExist)
}

// needs returns what a library needs, and whether it is one for our architecture:
// it may be another's, or a linker script.
func needs(path string) (needed []string, ours bool, err error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, false, nil
	}
	defer f.Close()
	if f.Machine != libraryMachine {
		return nil, false, nil
	}
	needed, err = f.ImportedLibraries()
	return needed, true, err
}

// locate returns the library that is reached by path.
func locate(path string) (library, error) {
	real, err := filepath.EvalSymlinks(path)
	return library{Source: real, Target: filepath.Clean(path)}, err
}
