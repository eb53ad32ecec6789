package walls

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// switches is what a package with many mutants needs besides, but for its name.
//
//go:embed switches.txt
var switches string

// numberVariable tells a program which mutant it is.
const numberVariable = "MANCHE_WALLS"

// The environment of the sandbox's first stage, which must hear of the number too.
const (
	stageFile  = sandboxDir + "walls_linux.go"
	stageEnv   = `"GOGC=off"`
	stageHears = stageEnv + `, "` + numberVariable + `=" + os.Getenv("` + numberVariable + `")`
)

// many is the sources of a package's tests, with all mutants that can be switched
// on by number, in the repository at root.
func many(root string, mutants []numbered, dir string) (map[string][]byte, error) {
	changes := make(map[*source][]wrapped)
	for _, m := range mutants {
		if !m.switched() || !m.in(dir) {
			continue
		}
		for s, list := range m.edits {
			changes[s] = append(changes[s], wrapped{list[0], m.number})
		}
	}
	files := make(map[string][]byte)
	for s, list := range changes {
		files[s.name] = s.all(list)
		files[path.Join(path.Dir(s.name), "zz_walls.go")] = []byte(strings.Replace(switches, "PACKAGE", s.file.Name.Name, 1))
	}
	if dir+"/" == sandboxDir && len(files) > 0 {
		return files, hear(root, files)
	}
	return files, nil
}

// hear lets the first stage hear of the number, whether it has mutants or not.
func hear(root string, files map[string][]byte) error {
	text := files[stageFile]
	if text == nil {
		s, err := read(root, stageFile)
		if err != nil {
			return err
		}
		text = s.text
	}
	if bytes.Count(text, []byte(stageEnv)) != 1 {
		return fmt.Errorf("%s: the environment of the first stage is another", stageFile)
	}
	files[stageFile] = bytes.Replace(text, []byte(stageEnv), []byte(stageHears), 1)
	return nil
}

// alone is the sources of one mutant.
func (m Mutant) alone() map[string][]byte {
	files := make(map[string][]byte)
	for s, changes := range m.edits {
		files[s.name] = s.with(changes[0])
	}
	return files
}

// in reports whether tests of the package in dir should see it.
func (m Mutant) in(dir string) bool {
	for _, s := range m.suites {
		if s.dir == dir {
			return true
		}
	}
	return false
}

// build builds the tests of the package in dir with files in the place of ours.
func (b *Bench) build(ctx context.Context, dir, to string, files map[string][]byte) (string, error) {
	replace := make(map[string]string)
	for name, text := range files {
		at := filepath.Join(to, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(at, text, 0o600); err != nil {
			return "", fmt.Errorf("writing a mutant: %w", err)
		}
		replace[filepath.Join(b.root, name)] = at
	}
	raw, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", fmt.Errorf("writing a mutant: %w", err)
	}
	overlay, binary := filepath.Join(to, "overlay.json"), filepath.Join(to, path.Base(dir)+".test")
	if err := os.WriteFile(overlay, raw, 0o600); err != nil {
		return "", fmt.Errorf("writing a mutant: %w", err)
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, "./"+dir)
	cmd.Dir = b.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the tests of %s: %w\n%s", dir, err, out)
	}
	return binary, nil
}
