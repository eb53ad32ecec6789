package proof

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/sync/errgroup"

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
	May    []string          // what can come with it
	About  string
}

// corpusFile is the one source file of a program.
const corpusFile = "prog.go"

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
	p.Tests = read("prog_test.go", "prog_test.go")
	return p, err
}

// Detection is what a number of verdicts said of one program.
type Detection struct {
	Program  Program
	Verdicts int // on the broken program
	Caught   int // failed it for the bug that it has
	Placed   int // and named one of the right lines
	Alarms   int // verdicts on the sound twin that did not pass it
	Sounds   int // verdicts on the sound twin
	Missed   []string
}

// Detect gets n verdicts on each broken program and m on each sound one,
// workers at a time, and calls done after each program, one call at a time.
func Detect(ctx context.Context, j judge, programs []Program, n, m, workers int, done func(Detection)) ([]Detection, error) {
	results := make([]Detection, len(programs))
	var mu sync.Mutex // guards done
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i, p := range programs {
		group.Go(func() error {
			d, err := p.detect(ctx, j, n, m)
			if err != nil {
				return fmt.Errorf("judging corpus program %s: %w", p.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			results[i] = d
			done(d)
			return nil
		})
	}
	return results, group.Wait()
}

// detect gets the verdicts on one program and its twin.
func (p Program) detect(ctx context.Context, j judge, n, m int) (Detection, error) {
	d := Detection{Program: p, Verdicts: n, Sounds: m}
	for range n {
		v, err := j.Judge(ctx, grader.Submission{Exercise: "corpus", Files: p.Broken, Tests: p.Tests})
		if err != nil {
			return d, err
		}
		caught, placed := p.sees(v)
		if caught {
			d.Caught++
		}
		if placed {
			d.Placed++
		}
		if !caught || !placed {
			d.Missed = append(d.Missed, describe(v))
		}
	}
	for range m {
		v, err := j.Judge(ctx, grader.Submission{Exercise: "corpus", Files: p.Sound, Tests: p.Tests})
		if err != nil {
			return d, err
		}
		if v.Outcome != grader.Passed {
			d.Alarms++
			d.Missed = append(d.Missed, "sound: "+describe(v))
		}
	}
	return d, nil
}

// sees reports whether a verdict names the bug, and whether at a right line.
func (p Program) sees(v *grader.Verdict) (caught, placed bool) {
	for _, f := range v.Findings {
		if f.Severity != grader.SeverityError || string(f.Kind) != p.Kind && !slices.Contains(p.Or, string(f.Kind)) {
			continue
		}
		caught = true
		placed = placed || p.right(f.Place)
		// A wrong result has no line of its own: it stands where the test says so.
		placed = placed || f.Kind == grader.KindTest && p.Tests[f.File] != nil && f.Line > 0
		for _, g := range f.Goroutines {
			placed = placed || p.right(g.At) || p.right(g.Created)
		}
	}
	return caught && v.Outcome == grader.Failed, placed
}

// right reports whether a place is one where the bug can be seen.
func (p Program) right(at grader.Place) bool {
	return at.File == corpusFile && slices.Contains(p.Lines, at.Line)
}
