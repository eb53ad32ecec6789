package proof

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"manche/grader"
)

// memoryTime is how long a result is remembered that nobody asks for: a branch
// that rests for a month is proven anew.
const memoryTime = 30 * 24 * time.Hour

// Memory keeps what cases and samples came to, by all that it depends on: the answer,
// the checks, what was declared, the effort, and what judged. It is safe for
// concurrent use, by several processes too. A nil Memory remembers nothing.
type Memory struct {
	dir    string
	judged string // what judges
}

// Remember returns the memory in a folder, which it makes, and forgets there what
// is old. Besides the grader, judged names what its verdicts depend on: the
// toolchain, and the tier of the sandbox.
func Remember(dir, judged string) (*Memory, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making a folder for proofs: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("looking for old proofs: %w", err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > memoryTime {
			os.Remove(filepath.Join(dir, e.Name())) // another process may have done it
		}
	}
	return &Memory{dir, strings.Join([]string{judged, grader.Revision(), revision()}, " ")}, nil
}

// sources are those of this package, on which it depends what a verdict proves.
//
//go:embed *.go mutation/*.go
var sources embed.FS

// revision is a hash of the sources, in hex.
var revision = sync.OnceValue(func() string {
	h := sha256.New()
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := sources.ReadFile(name)
		h.Write(src)
		return err
	})
	if err != nil {
		panic("proof: " + err.Error()) // what is embedded can be read
	}
	return hex.EncodeToString(h.Sum(nil))
})

// key names all that the outcome of a case depends on.
func (p Plan) key(c Case) string {
	ex := c.Exercise
	// Only what was declared of this answer, and nothing that people read.
	return p.Memory.key(
		p.Effort, c.Answer, c.Pass, c.Mutant != nil, c.Folder,
		ex.Slug, ex.Kind, ex.Package, ex.Imports, ex.Vet, ex.Concurrent, ex.Apart, ex.Editable, ex.Checks, ex.Implementations,
	)
}

// key names what is plain data, together with what judges.
func (m *Memory) key(parts ...any) string {
	if m == nil {
		return ""
	}
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(append([]any{m.judged}, parts...)); err != nil {
		panic("proof: " + err.Error()) // plain data can be encoded
	}
	return hex.EncodeToString(h.Sum(nil))
}

// recall looks up what was kept under a key, for a pointer to the like, and reports
// whether there is any. What cannot be read is proven again.
func (m *Memory) recall(key string, kept any) bool {
	if m == nil {
		return false
	}
	name := filepath.Join(m.dir, key)
	raw, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(raw, kept) != nil {
		return false
	}
	now := time.Now()
	os.Chtimes(name, now, now) // only how long it is kept depends on it
	return true
}

// keep writes something down, whole or not at all.
func (m *Memory) keep(key string, what any) error {
	if m == nil {
		return nil
	}
	raw, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("remembering a proof: %w", err)
	}
	f, err := os.CreateTemp(m.dir, "new-")
	if err != nil {
		return fmt.Errorf("remembering a proof: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(m.dir, key))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("remembering a proof: %w", err), os.Remove(f.Name()))
	}
	return nil
}
