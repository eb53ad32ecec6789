package grader

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"manche/exercises"
	"manche/grader/build"
	"manche/grader/harness"
	"manche/grader/policy"
	"manche/grader/sandbox"
)

// ErrUnknownExercise is returned for a submission to an exercise that the
// course does not have.
var ErrUnknownExercise = errors.New("unknown exercise")

// Config says what to judge with. Catalog, Toolchain and Sandbox are needed.
type Config struct {
	Catalog   catalog
	Toolchain build.Toolchain
	Sandbox   box
	// Cache is the folder for what is prepared once; empty means "manche" in
	// the user's cache folder.
	Cache string
	// Repetitions bounds how often each check runs; 0 means DefaultRepetitions.
	Repetitions int
}

// catalog has the exercises that submissions name; an exercises.Catalog is one. It
// may change what it has: an exercise counts as another one when its revision is.
type catalog interface {
	Lookup(name string) (*exercises.Exercise, bool)
}

// box runs programs and holds the tools that build them, says how well and what it
// lacks for that; a sandbox.Backend is one.
type box interface {
	Run(context.Context, sandbox.Program) (sandbox.Result, error)
	Cell(sandbox.Tool) (*sandbox.Cell, error)
	Expect(n int)
	Tier() sandbox.Tier
	Lacks() []string
}

// DefaultRepetitions is how often each check of a passing submission runs at
// most. One run misses a bug of luck; twenty in one process find 98 of 100.
const DefaultRepetitions = 20

// Grader judges submissions. It is safe for concurrent use.
type Grader struct {
	config   Config
	archives *build.Archives
	work     string // where programs are built
	ahead    ahead
	checkers checkers
	judging  atomic.Int64 // how many judgements are under way
	// importers are those of [Grader.Diagnose], when nobody uses them.
	importers chan *imports

	mu       sync.Mutex // guards what follows: an importer serves one at a time
	importer *imports
	checks   map[string]maker // by exercise and its revision
	// implementations are those of the exercises that ask for a test.
	implementations map[string][]*harness.Implementation
}

// maker puts a submission together with what it is run by.
type maker interface {
	Program(*policy.Package) *harness.Program
}

// New prepares a grader. Where nothing was prepared for this toolchain yet, that
// takes some ten seconds, and may need the network; progress, which may be nil,
// is told how many packages are done.
func New(ctx context.Context, c Config, progress func(done, total int)) (*Grader, error) {
	cache, err := cacheFolder(c.Cache)
	if err != nil {
		return nil, err
	}
	building, err := c.building(cache)
	if err != nil {
		return nil, fmt.Errorf("preparing the grader: %w", err)
	}
	building.Progress = progress
	archives, err := build.Prepare(ctx, building)
	if err != nil {
		return nil, fmt.Errorf("preparing the grader: %w", err)
	}
	if c.Repetitions == 0 {
		c.Repetitions = DefaultRepetitions
	}
	work, err := openWork(cache)
	if err != nil {
		return nil, err
	}
	return &Grader{
		config: c, archives: archives, work: work,
		importer: newImports(archives.Open),
		checks:   make(map[string]maker), implementations: make(map[string][]*harness.Implementation),
		importers: newImporters(archives),
	}, nil
}

// building is what is prepared to build with, in the folder cache.
func (c Config) building(cache string) (build.Config, error) {
	driver, err := harness.DriverSources()
	return build.Config{Toolchain: c.Toolchain, Race: c.Toolchain.Race, Cache: cache, Own: driver, Cells: c.Sandbox}, err
}

// Prepared tells what [New] would find prepared, without preparing anything. Of
// the Config, Toolchain is needed.
func Prepared(c Config) (build.State, error) {
	cache, err := cacheFolder(c.Cache)
	if err != nil {
		return build.State{}, err
	}
	building, err := c.building(cache)
	if err != nil {
		return build.State{}, fmt.Errorf("looking for what is prepared: %w", err)
	}
	return building.State(), nil
}

// PrepareLinker makes judgements faster that follow a Warm (see
// [build.Archives.PrepareLinker]): half a minute of work, once.
func (g *Grader) PrepareLinker(ctx context.Context) error { return g.archives.PrepareLinker(ctx) }

// Warm makes ready what the next n judgements need and what can be made ready
// before it is known what they are of (see [build.Archives.Warm]). It returns at
// once. Whoever calls it has to call Close.
func (g *Grader) Warm(n int) { g.archives.Warm(n) }

// Cool ends the tools that Warm has made ready, for good: another Warm has no effect.
// What is built nevertheless starts its own.
func (g *Grader) Cool() error { return g.archives.Close() }

// Close gives back what Warm and Anticipate made ready, and what was built once for
// all answers to an exercise. A grader that was closed still judges.
func (g *Grader) Close() error {
	g.ahead.drop()
	g.checkers.drop()
	return g.archives.Close()
}

// cacheFolder returns the folder for what is prepared once.
func cacheFolder(configured string) (string, error) {
	if configured != "" {
		return configured, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding the user's cache folder: %w", err)
	}
	return filepath.Join(dir, "manche"), nil
}

// keyOf names what is made once for an exercise as it stands.
func keyOf(ex *exercises.Exercise) string { return ex.Slug + " " + ex.Revision }

// keepNewest notes what was made for an exercise, in the place of what was made for
// the exercise as it stood before.
func keepNewest[T any](made map[string]T, ex *exercises.Exercise, one T) {
	maps.DeleteFunc(made, func(key string, _ T) bool { return strings.HasPrefix(key, ex.Slug+" ") })
	made[keyOf(ex)] = one
}

// checksOf returns the checks of an exercise, read once. The caller holds mu.
func (g *Grader) checksOf(ex *exercises.Exercise) (c maker, err error) {
	if c := g.checks[keyOf(ex)]; c != nil {
		return c, nil
	}
	if ex.Apart {
		c, err = harness.PrepareApart(ex.Package, ex.CheckList, ex.Reference, ex.Checks, g.importer)
	} else {
		c, err = harness.Prepare(ex.Package, ex.CheckList, ex.Reference, ex.Checks, g.importer)
	}
	if err != nil {
		return nil, fmt.Errorf("preparing the checks of %q: %w", ex.Slug, faulty(".", err))
	}
	keepNewest(g.checks, ex, c)
	return c, nil
}
