package build

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"manche/grader/sandbox"
)

// patience is how long a tool may take, and with how much processor time a tool
// that took longer had too much to do.
type patience struct{ wall, work time.Duration }

// A tool that has come so near to a bound that is ours has run into it: what
// sources need is a tenth, so on the way there it is the host that runs short.
const (
	nearMemory    = toolMemory / 4 * 3
	nearProcesses = toolProcesses / 4 * 3
)

// breakdown is a tool that did not do its task.
type breakdown struct {
	end       sandbox.ToolEnd
	said      []byte
	used      use
	late      bool          // it was ended because it took too long
	work      time.Duration // of patience
	walled    bool          // its folder and its threads are bounded by us
	compiling bool
}

func (b breakdown) String() string {
	if b.late {
		return fmt.Sprintf("out of time, after %v of processor time", b.used.cpu)
	}
	return fmt.Sprintf("exit code %d: %s", b.end.ExitCode, b.reason())
}

// blame returns what the sources are at fault for: what the compiler has against
// them, or that they made a tool run into a bound of ours. It returns nil where the
// host was short of something, or somebody has killed the tool. The linker has
// nothing against sources but a bound.
func (b breakdown) blame() error {
	limit, known := b.limit()
	switch {
	case limit:
		return &SourceError{Output: b.reason(), Limit: true}
	case !known && b.compiling && (b.end.ExitCode == 1 || b.end.ExitCode == 2):
		return &SourceError{Output: b.said}
	}
	return nil
}

// What tools say of themselves. What the compiler says of sources begins with a
// place, and may quote any words.
var (
	placed   = regexp.MustCompile(`^\S+:\d+:\d+: `)
	unopened = regexp.MustCompile(`^\S+: could not import \S+ \((?:open|read) [^:]`) // an archive that is there
	memory   = regexp.MustCompile(`out of memory|cannot allocate memory`)
	asked    = regexp.MustCompile(`cannot allocate (\d+)-byte block \((\d+) in use\)`)
	threads  = regexp.MustCompile(`failed to create new OS thread \(have (\d+) already`)
	room     = regexp.MustCompile(`no space left on device|file too large|file size limit exceeded`)
	stack    = regexp.MustCompile(`^runtime: goroutine stack exceeds`) // Go's own bound
	itself   = regexp.MustCompile(`^(?:compile|runtime|fatal error): `)
	killed   = regexp.MustCompile(`: signal: killed$`)
	network  = regexp.MustCompile(`dial (?:tcp|udp)\b.*: (?:no such host|connection refused|i/o timeout|network is unreachable|no route to host)$`)
)

// against is what the go command has against somebody's package, of which it said
// this: a [SourceError], unless the machine was short of room or memory, or could
// not reach what the package needs. That stands behind a place as well, the one
// where it is imported.
func against(said []byte) error {
	for line := range bytes.Lines(said) {
		line = bytes.TrimSpace(line)
		own := !placed.Match(line) && (room.Match(line) || memory.Match(line) || killed.Match(line))
		if own || network.Match(line) {
			return fmt.Errorf("loading the package: %s", tail(said))
		}
	}
	return &SourceError{Output: said}
}

// limit reports whether a bound of ours has ended the tool, and whether it is known
// what has.
func (b breakdown) limit() (limit, known bool) {
	why := b.reason()
	switch {
	case b.late:
		return b.used.cpu >= b.work, true
	case b.end.ExitCode < 0:
		return b.end.Limit, true
	case placed.Match(why):
		return false, unopened.Match(why)
	case threads.Match(why):
		return b.walled && figure(threads, why, 1) >= nearProcesses, true
	case memory.Match(why):
		return max(b.used.space, figure(asked, why, 2))+figure(asked, why, 1) >= nearMemory, true
	case room.Match(why):
		return b.walled, true
	}
	return stack.Match(why), itself.Match(why)
}

// reason is the beginning of what the tool said, before the stacks of one that
// crashed.
func (b breakdown) reason() []byte {
	const enough = 2 << 10
	head, _, _ := bytes.Cut(b.said, []byte("\n\n"))
	return bytes.TrimSpace(head[:min(len(head), enough)])
}

// figure is the nth number of an expression in what a tool said; 0 where it said
// none, and no more than can be added up.
func figure(e *regexp.Regexp, said []byte, n int) int64 {
	found := e.FindSubmatch(said)
	if found == nil {
		return 0
	}
	number, _ := strconv.ParseInt(string(found[n]), 10, 64) // the greatest, where it is too large
	return min(number, 1<<60)
}
