package walls

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// suite is some tests of a package: those of run, without those of skip.
type suite struct{ dir, run, skip string }

// The tests that should see what is loosened.
var (
	policyTests  = suite{"grader/policy", ".", ""}
	filterTests  = suite{"grader/sandbox", "^Test(Filter|Allowed)", ""}
	outsideTests = suite{"grader/sandbox", "^TestWalls", ""}
	stageTests   = suite{"grader/sandbox", "^Test(ServerKilled|SetupFailure|Unavailable|HonestPrograms|NamespacesAreUsed)", ""}
	attackTests  = suite{"grader/sandbox", "^TestAttacks$", "^TestAttacks$/^spin"}
	readTests    = suite{"grader/harness", "^TestRead", ""}
	driverTests  = suite{"grader/harness", "^Test(Canaries|Fates|NoOrders)", ""}
	wireTests    = suite{"grader/harness/wire", ".", ""}
)

// numbered is a mutant with its number, from 1.
type numbered struct {
	Mutant
	number int
}

// Bench tries mutants. It is safe for concurrent use.
type Bench struct {
	root, work string
	env        []string
	mutants    []numbered
	programs   map[string]string       // tests with many mutants, by the folder of their package
	took       map[suite]time.Duration // with nothing changed
}

// NewBench makes a bench for mutants of the repository at root, with a folder for
// its work, which must exist. The tests find env in their environment. It builds
// what most mutants have in common, and runs the tests with nothing changed: where
// one is red then, it would say nothing, and is an error.
func NewBench(ctx context.Context, root, work string, mutants []Mutant, env ...string) (*Bench, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("finding the repository: %w", err)
	}
	b := &Bench{root: root, work: work, env: append(os.Environ(), env...), programs: make(map[string]string), took: make(map[suite]time.Duration)}
	for i, m := range mutants {
		b.mutants = append(b.mutants, numbered{m, i + 1})
	}
	for _, m := range mutants {
		for _, s := range m.suites {
			if err := b.begin(ctx, s); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// begin builds a suite, and runs it once.
func (b *Bench) begin(ctx context.Context, s suite) error {
	if b.took[s] > 0 {
		return nil
	}
	if b.programs[s.dir] == "" {
		files, err := many(b.root, b.mutants, s.dir)
		if err != nil {
			return err
		}
		to, err := os.MkdirTemp(b.work, "many-")
		if err != nil {
			return fmt.Errorf("making a folder for mutants: %w", err)
		}
		if b.programs[s.dir], err = b.build(ctx, s.dir, to, files); err != nil {
			return err
		}
	}
	begun := time.Now()
	red, err := b.seen(ctx, b.programs[s.dir], s, filepath.Join(b.work, "cache"), 0)
	if err == nil && red != "" {
		err = fmt.Errorf("the tests of %s are red with nothing changed: %s", s.dir, red)
	}
	b.took[s] = time.Since(begun)
	return err
}

// Trial is what became of a mutant. Red is the first test that saw it, "" where
// none did; a Fault says that it could not be tried.
type Trial struct {
	Mutant
	Red    string `json:"red,omitempty"`
	Fault  string `json:"fault,omitempty"`
	Millis int64  `json:"ms"`
}

// Held reports whether a test is red.
func (t Trial) Held() bool { return t.Red != "" }

// Place says what was loosened, and where.
func (t Trial) Place() string { return t.place() }

// Try runs the tests of the i-th mutant until one is red. An error is ctx's.
func (b *Bench) Try(ctx context.Context, i int) (Trial, error) {
	begun, m := time.Now(), b.mutants[i]
	t := Trial{Mutant: m.Mutant}
	try := b.alone
	if m.switched() {
		try = b.amongMany
	}
	red, err := try(ctx, m)
	if t.Red = red; err != nil {
		t.Fault = err.Error()
	}
	t.Millis = time.Since(begun).Milliseconds()
	return t, ctx.Err()
}

// amongMany tries a mutant that is built already.
func (b *Bench) amongMany(ctx context.Context, m numbered) (red string, err error) {
	for _, s := range m.suites {
		red, err = b.seen(ctx, b.programs[s.dir], s, filepath.Join(b.work, "cache"), m.number)
		if red != "" || err != nil {
			break
		}
	}
	return red, err
}

// alone builds and tries a mutant by itself, with a cache of its own: the driver is
// among what is built once.
func (b *Bench) alone(ctx context.Context, m numbered) (red string, err error) {
	dir, err := os.MkdirTemp(b.work, "mutant-")
	if err != nil {
		return "", fmt.Errorf("making a folder for a mutant: %w", err)
	}
	defer os.RemoveAll(dir)
	cache := filepath.Join(b.work, "cache")
	if strings.HasPrefix(m.File, harnessDir) {
		cache = filepath.Join(dir, "cache")
	}
	binaries := make(map[string]string)
	for _, s := range m.suites {
		if binaries[s.dir] == "" {
			if binaries[s.dir], err = b.build(ctx, s.dir, dir, m.Mutant.alone()); err != nil {
				return "", err
			}
		}
		if red, err = b.seen(ctx, binaries[s.dir], s, cache, 0); red != "" || err != nil {
			return red, err
		}
	}
	return "", nil
}

// seen runs a suite, and once more where it is red: on a busy machine a test that
// has to do with time may fail once by itself.
func (b *Bench) seen(ctx context.Context, binary string, s suite, cache string, number int) (string, error) {
	red, err := b.run(ctx, binary, s, cache, number)
	if red == "" || err != nil {
		return "", err
	}
	return b.run(ctx, binary, s, cache, number)
}

// failed finds the tests that failed in the output of a test binary.
var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// How long the tests of a suite may take: so much, and so many times what they took
// with nothing changed. What hangs is red.
const patience, patienceFactor = 30 * time.Second, 5

// run runs a suite as the mutant with a number. It returns the test that was red.
func (b *Bench) run(ctx context.Context, binary string, s suite, cache string, number int) (string, error) {
	limit := patience + patienceFactor*b.took[s]
	if b.took[s] == 0 {
		limit = 10 * time.Minute // all that the tests need has to be built
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(limited, binary, "-test.failfast", "-test.run="+s.run, "-test.skip="+s.skip)
	cmd.Dir, cmd.WaitDelay, cmd.SysProcAttr = filepath.Join(b.root, s.dir), time.Second, apart()
	cmd.Env = append(b.env[:len(b.env):len(b.env)], "XDG_CACHE_HOME="+cache, numberVariable+"="+strconv.Itoa(number))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	exit := (*exec.ExitError)(nil)
	switch {
	case err == nil || ctx.Err() != nil:
		return "", ctx.Err()
	case !errors.As(err, &exit) && limited.Err() == nil:
		return "", fmt.Errorf("running the tests of %s: %w", s.dir, err)
	}
	if found := failed.FindAllStringSubmatch(out.String(), -1); len(found) > 0 {
		return found[len(found)-1][1], nil // the innermost comes last
	}
	return s.dir + ": " + err.Error(), nil // it panicked, or was out of time
}

// All tries all mutants, so many at a time, and tells each as it comes.
func (b *Bench) All(ctx context.Context, workers int, done func(Trial)) error {
	var mu sync.Mutex
	var group sync.WaitGroup
	next := 0
	for range workers {
		group.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(b.mutants) || ctx.Err() != nil {
					return
				}
				if t, err := b.Try(ctx, i); err == nil {
					mu.Lock()
					done(t)
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	return ctx.Err()
}
