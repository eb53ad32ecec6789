package sandbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// UnavailableError is what [Open] fails with when this machine can hold no program.
// It lists what was tried.
type UnavailableError struct{ Failures []Failure }

// Failure is a tier that does not work here. Step is a stable key, such as
// "cgroup", "start", "tree" or "wall-socket"; Err is for the log.
type Failure struct {
	Tier Tier
	Step string
	Err  error
}

func (e *UnavailableError) Error() string {
	var b strings.Builder
	b.WriteString("no sandbox is available")
	for _, f := range e.Failures {
		fmt.Fprintf(&b, "; tier %s, %s: %v", f.Tier, f.Step, f.Err)
	}
	return b.String()
}

// SetupError tells that the walls could not be put up: the program never ran.
// Step is a stable key.
type SetupError struct {
	Step string
	Err  error
}

func (e *SetupError) Error() string { return "sandbox set-up, " + e.Step + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *SetupError) Unwrap() error { return e.Err }

// Choice is which sandbox is wanted.
type Choice string

const (
	// Auto is tier A, else B, else gVisor, else C, else D. Not gVisor first: it takes
	// some 150 ms a run, where the embedded walls take 5.
	Auto Choice = ""
	// Embedded is the strongest of tiers A to D.
	Embedded Choice = "embedded"
	// GVisor is a kernel of each program's own, with the embedded walls inside.
	GVisor Choice = "gvisor"
	// None is TierNone even where walls work: for the owner of the code, on the
	// owner's machine, who wants it to see that machine.
	None Choice = "none"
)

// Config is how a sandbox is chosen. Its zero value accepts real walls only.
type Config struct {
	Choice Choice
	// AllowNone accepts TierNone where nothing better works. Only the owner of
	// the code that will run may decide that.
	AllowNone bool
	// NoCgroup leaves tier A out.
	NoCgroup bool
	// Runsc is gVisor's program. Zero value: the runsc found on PATH.
	Runsc string
	// HostUser is the user and group id that programs have on this machine when
	// we are root; it must not be 0. Zero value: 64001, from a range that
	// Debian's policy leaves unused.
	HostUser int
}

const defaultHostUser = 64001

// filled returns c with its zero fields filled in.
func (c Config) filled() Config {
	if c.HostUser <= 0 {
		c.HostUser = defaultHostUser
	}
	return c
}

// way is how a first stage keeps its program from the rest of the machine. What
// follows, the loss of privileges, the limits and the filter, is the same in all.
type way string

// Backend is an opened sandbox. It is safe for concurrent use.
type Backend struct {
	tier     Tier
	lacks    []string
	failures []Failure
	way      way // of the stage; empty without walls
	// confine makes the room that one program will run in.
	confine func(job, *streams) (*room, error)
	// waiting are the stages that wait for programs to come; nil where none can.
	waiting *stages
	// cell makes the place for a tool; nil where no walls are to be had for it.
	cell   func(Tool) (*Cell, error)
	groups *cgroups // nil where memory is sampled
	state  *state   // of gVisor; nil elsewhere
}

// job is a program and the name it finds in argv[0].
type job struct {
	Program
	name string
}

// room is where one program runs: made before it starts, closed after it has
// ended.
type room struct {
	start  func() (*child, error)
	admit  func() error         // lets the started process go on; returns when the program runs
	memory func() (int64, bool) // after the end: peak bytes, and whether they ended it
	close  func() error         // after the end, or instead of a start
	walled bool                 // nothing of the program survives its first process
	sample func(pid int) meter  // watches a running process

	// Where the first process is not the program itself:
	late   func() error                           // after the end: a step of the set-up that failed unseen
	ending func(code int) (exit int, sign string) // what an exit code says of the program
	cpu    func() time.Duration                   // after the end: processor time that waiting for it does not tell
	grace  time.Duration                          // for a program's stacks; 0 means dumpGrace
}

// meter watches what a running program uses.
type meter interface {
	// read returns the limit that was passed, or "".
	read(Limits) Stop
	close()
}

// Open returns the strongest sandbox that works on this machine, which it finds
// out by running a program that tries the walls and, in tier A, the memory
// limit: some tens of milliseconds. It also clears what servers that were
// killed have left. The Backend must be closed.
func Open(ctx context.Context, c Config) (*Backend, error) {
	c = c.filled()
	if c.Choice == None {
		return openBare(), ctx.Err()
	}
	b, failures := openWalls(ctx, c)
	if err := ctx.Err(); err != nil {
		if b != nil {
			err = errors.Join(err, b.Close())
		}
		return nil, err
	}
	if b == nil && c.AllowNone {
		b = openBare()
	}
	if b == nil {
		return nil, &UnavailableError{failures}
	}
	b.failures = failures
	if b.cell == nil {
		b.cell, b.lacks = bareCell, append(b.lacks, LackTools)
	}
	return b, nil
}

// Tier tells how strongly programs are held.
func (b *Backend) Tier() Tier { return b.tier }

// Lacks returns the stable keys, the Lack constants, of what this tier does not
// give. It is empty in tier A.
func (b *Backend) Lacks() []string { return slices.Clone(b.lacks) }

// Failures returns why the stronger tiers were not chosen.
func (b *Backend) Failures() []Failure { return slices.Clone(b.failures) }

// Expect has n first stages, at most four, wait for the programs of the next runs:
// each is a process, of some MB, that need not be started any more when there is
// something to run. Expect returns at once. In tiers other than A and B it does
// nothing.
func (b *Backend) Expect(n int) { b.waiting.expect(n) }

// Close gives back what the sandbox holds. No Run may be under way, nor anything
// follow.
func (b *Backend) Close() error {
	return errors.Join(b.waiting.close(), b.groups.close(), b.state.close())
}
