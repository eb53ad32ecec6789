package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"manche/grader"
)

// Program is a small package with one known bug, and its sound twin.
type Program struct {
	Name   string
	Broken map[string][]byte
	Sound  map[string][]byte
	Tests  map[string][]byte // the same for both
	Kind   string            // what a verdict on the broken one must find
	Or     []string          // what is as right, where one bug shows in two ways
	Lines  []int             // of prog.go, any of which is the right place
	// TestLines are such lines of prog_test.go: where a wrong result shows, or
	// where a callback of the test is the one that races.
	TestLines []int    `toml:"test_lines"`
	May       []string // what can come with it
	About     string
}

// The files of a program.
const (
	corpusFile = "prog.go"
	corpusTest = "prog_test.go"
)

// LoadCorpus reads every folder of fsys that holds a bug.toml.
func LoadCorpus(fsys fs.FS) ([]Program, error) {
	specs, err := fs.Glob(fsys, "*/bug.toml")
	if err != nil {
		return nil, fmt.Errorf("listing the corpus: %w", err)
	}
	var programs []Program
	for _, spec := range specs {
		p, err := loadProgram(fsys, path.Dir(spec))
		if err != nil {
			return nil, fmt.Errorf("reading corpus program %s: %w", path.Dir(spec), err)
		}
		programs = append(programs, p)
	}
	if len(programs) == 0 {
		return nil, errors.New("reading the corpus: no program in it")
	}
	return programs, nil
}

func loadProgram(fsys fs.FS, dir string) (Program, error) {
	p := Program{Name: dir}
	raw, err := fs.ReadFile(fsys, dir+"/bug.toml")
	if err != nil {
		return p, err
	}
	if err := toml.Unmarshal(raw, &p); err != nil {
		return p, err
	}
	read := func(name, as string) (files map[string][]byte) {
		src, readErr := fs.ReadFile(fsys, dir+"/"+name)
		err = errors.Join(err, readErr)
		return map[string][]byte{as: src}
	}
	p.Broken = read("broken/"+corpusFile, corpusFile)
	p.Sound = read("sound/"+corpusFile, corpusFile)
	p.Tests = read(corpusTest, corpusTest)
	return p, err
}

// families are the beginnings of the programs' names; the longest that fits is
// the family.
var families = []string{
	"ab-ba", "channel", "channel-and-context", "channel-and-lock", "channel-misuse", "condition-variable", "double-lock",
	"errors-in-test-goroutines-and-error-paths", "order-violation", "reader-writer-reader",
	"unsynchronised-field", "unsynchronised-map", "waitgroup",
}

// family is the kind of bug, as the program's name begins with it: that of the
// corpus, or else the first word.
func family(name string) string {
	longest, _, _ := strings.Cut(name, "-")
	for _, f := range families {
		if strings.HasPrefix(name, f+"-") && len(f) > len(longest) {
			longest = f
		}
	}
	return longest
}

// CorpusRevision identifies programs with all that is declared of them. It is a
// hash, in hex.
func CorpusRevision(programs []Program) string {
	raw, err := json.Marshal(programs)
	if err != nil { // strings, numbers and bytes only
		panic("proof: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])[:16]
}

// sees reports whether a verdict names the bug, and whether at a right line.
func (p Program) sees(v *grader.Verdict) (caught, placed bool) {
	for _, f := range v.Findings {
		if f.Severity != grader.SeverityError || string(f.Kind) != p.Kind && !slices.Contains(p.Or, string(f.Kind)) {
			continue
		}
		caught, placed = true, placed || p.placed(f)
	}
	caught = caught && v.Outcome == grader.Failed
	return caught, caught && placed
}

// placed reports whether a finding stands at a right line, or one of its
// goroutines does, or has taken a lock there. Where a goroutine was started counts
// as well: a go statement is among the lines only where the start itself is the bug.
func (p Program) placed(f grader.Finding) bool {
	return p.right(f.Place) || slices.ContainsFunc(f.Goroutines, func(g grader.Goroutine) bool {
		held := slices.ContainsFunc(g.Holds, func(h grader.Held) bool { return p.right(h.At) })
		return held || p.right(g.At) || p.right(g.Created)
	})
}

// right reports whether a place is one where the bug can be pointed at.
func (p Program) right(at grader.Place) bool {
	return at.File == corpusFile && slices.Contains(p.Lines, at.Line) || at.File == corpusTest && slices.Contains(p.TestLines, at.Line)
}
