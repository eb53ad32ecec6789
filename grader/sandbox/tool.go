package sandbox

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Tool is a program that we trust as it stands, and no longer once it has read
// what strangers wrote: a compiler, a linker.
type Tool struct {
	// Path is the host path of the executable, as in [Program].
	Path string
	// Read are the host's folders that it may read, whole, at the places that they
	// have. Nothing else of the host is in its reach, but the libraries of a
	// dynamic executable.
	Read []string
	// Forks lets it fork; never execute.
	Forks bool
	// Gentle gives it the lowest priority.
	Gentle bool
	// Limits bound it; all are needed.
	Limits ToolLimits
}

// ToolLimits bound a tool and, each for itself, the processes that it forks.
// Without walls only AddressSpace is held, and that on Linux only.
type ToolLimits struct {
	AddressSpace int64         // bytes
	CPU          time.Duration // rounded to seconds
	Folder       int64         // bytes in its folder
	Processes    int           // and threads
	Files        int           // open descriptors
}

// Task is what a tool is to do.
type Task struct {
	// Dir is the host's folder that the task belongs to. A tool without walls works
	// in it.
	Dir string
	// Args are the arguments after argv[0], and Env is the whole environment.
	Args, Env []string
	// Files stand in the tool's folder, in which it starts, by bare name.
	Files map[string][]byte
}

// ToolEnd is how a tool ended.
type ToolEnd struct {
	ExitCode int  // -1 when a signal ended it
	Limit    bool // ToolLimits.CPU ended it
}

// Cell is a place for one run of a tool: a process that has its walls up and
// becomes the tool when it is told what to do; where there are no walls, nothing
// but the promise to start it. It is for one goroutine at a time, but Kill is for
// any. It must be closed. If this process dies, so does that in the cell.
type Cell struct {
	tool   Tool
	cmd    *exec.Cmd
	child  *child // not born before the start
	folder string // of the tool itself; empty: it works in the host's
	stdin  *os.File
	output *os.File
	theirs []*os.File // the tool's ends, ours until it has started

	await   func() error
	perform func(Task) error
	keep    func(dir, name string) error
	fault   func() error // after the end: what our side did wrong
	leave   func()

	mu      sync.Mutex
	started bool
	killed  bool
}

// Cell makes a cell for a tool, and returns while its walls are still being put
// up. The errors are those of [Backend.Run].
func (b *Backend) Cell(t Tool) (*Cell, error) { return b.cell(t) }

// EarlyCell makes a cell with walls before [Open] has tried them, for programs that
// cannot wait for that; of c it looks at HostUser only. Each wall that cannot be put
// up is an error all the same. It returns when the walls are up.
func EarlyCell(c Config, t Tool) (*Cell, error) {
	cell, err := c.filled().cellWithWalls(t)
	if err != nil {
		return nil, err
	}
	if err := cell.Await(); err != nil {
		return nil, errors.Join(err, cell.Close())
	}
	return cell, nil
}

// newCell makes a cell without anything in it.
func newCell(t Tool) *Cell { return &Cell{tool: t, child: unborn(), leave: func() {}} }

// Folder is the folder in which the tool works on a task of the host's folder
// dir, as the tool sees it.
func (c *Cell) Folder(dir string) string {
	if c.folder == "" {
		return dir
	}
	return c.folder
}

// Await returns when the walls are up. It need not be called. The error is that of
// Start.
func (c *Cell) Await() error { return c.await() }

// Start has the tool begin. There is one Start for a cell. A *SetupError says that
// the walls could not be put up.
func (c *Cell) Start(t Task) error { return c.perform(t) }

// Input is what the tool reads on its standard input, after Start.
func (c *Cell) Input() io.WriteCloser { return c.stdin }

// Output is what the tool writes to stdout and stderr, after Start.
func (c *Cell) Output() io.Reader { return c.output }

// Keep puts a file that the tool has made in its folder, under the same name, into
// the host's folder dir, which is that of the task. What is no ordinary file is
// refused. The tool need not have ended; behind walls the file is gone from its
// folder.
func (c *Cell) Keep(dir, name string) error { return c.keep(dir, name) }

// Done is closed when the tool has ended.
func (c *Cell) Done() <-chan struct{} { return c.child.ended }

// Wait returns how the tool ended; when ctx ends first, the tool is killed. A
// *SetupError says that it never began.
func (c *Cell) Wait(ctx context.Context) (ToolEnd, error) {
	select {
	case <-c.child.ended:
	case <-ctx.Done():
		c.Kill()
		<-c.child.ended
		return ToolEnd{}, ctx.Err()
	}
	if err := c.fault(); err != nil {
		return ToolEnd{}, err
	}
	state := c.cmd.ProcessState
	used := state.UserTime() + state.SystemTime()
	return ToolEnd{state.ExitCode(), state.ExitCode() < 0 && used >= c.tool.Limits.CPU}, nil
}

// Kill ends the tool, or what waits to become it.
func (c *Cell) Kill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.killed = true
	if c.started {
		_ = c.cmd.Process.Kill() // fails where it is gone
	}
}

// PID is the process of the tool, or of what waits to become it; 0 where there is
// none yet.
func (c *Cell) PID() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.started {
		return 0
	}
	return c.cmd.Process.Pid
}

// Close ends the tool, whatever it does, and gives back what the cell holds.
func (c *Cell) Close() error {
	c.Kill()
	if c.PID() > 0 {
		<-c.child.ended
	}
	for _, f := range append(c.theirs, c.stdin, c.output) {
		f.Close() // harmless on nil, and on what is closed
	}
	c.leave()
	return nil
}

// connect makes the streams of cmd.
func (c *Cell) connect(cmd *exec.Cmd) error {
	in, stdin, err := os.Pipe()
	if err != nil {
		return err
	}
	output, out, err := os.Pipe()
	if err != nil {
		return errors.Join(err, in.Close(), stdin.Close())
	}
	c.stdin, c.output, c.theirs = stdin, output, []*os.File{in, out}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, out
	c.cmd = cmd
	return nil
}

// launch starts the process.
func (c *Cell) launch() error {
	err := c.child.bear(c.cmd, c.cmd.Start)
	for _, f := range c.theirs {
		f.Close()
	}
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.started = true
	if c.killed {
		_ = c.cmd.Process.Kill()
	}
	return nil
}
