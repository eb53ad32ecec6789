package build

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"manche/grader/sandbox"
)

// cells makes the places that the compiler and the linkers run in; a
// sandbox.Backend does. They read what strangers wrote.
type cells interface {
	Cell(sandbox.Tool) (*sandbox.Cell, error)
}

// Bounds of one tool.
const (
	// toolTime is a hundred times what a submission needs, for a busy machine.
	toolTime = 30 * time.Second
	// toolWork is the processor time with which a tool that is out of toolTime had
	// too much to do: thirty times what a submission needs. With less of it, it is
	// the machine that had.
	toolWork = 10 * time.Second
	// toolMemory is the address space, in bytes, of the compiler and the
	// linker: ten times what they need, far less than what a constant of a
	// few characters can ask of a compiler.
	toolMemory = 4 << 30
	// toolFolder is room, in bytes, for sources, object file and program: ten
	// times what a program with the whole standard library in it needs.
	toolFolder = 128 << 20
	// maxObject bounds the object file, in bytes, so that the program has room
	// beside it.
	maxObject = 32 << 20
	// toolFiles are enough to have every archive open.
	toolFiles = 1024
	// toolProcesses is for the threads of the compiler, and a linker's children.
	toolProcesses = 256
	// maxSaid is what is kept of what a tool says, in bytes: more than anybody
	// reads.
	maxSaid = 256 << 10
)

// tool is what runs in a cell for a program that reads the archives.
func (a *Archives) tool(path string, gentle bool) sandbox.Tool {
	return sandbox.Tool{
		Path: path, Read: []string{a.dir}, Gentle: gentle,
		Limits: sandbox.ToolLimits{
			// Two processors at work for all of the time.
			AddressSpace: toolMemory, CPU: 2 * toolTime, Folder: toolFolder, Processes: toolProcesses, Files: toolFiles,
		},
	}
}

// toolEnv is the environment of a tool that works in a folder. It does not collect
// garbage: it is gone before that pays.
func (a *Archives) toolEnv(folder string) []string {
	return []string{"GOEXPERIMENT=" + experiment, "GOGC=off", "GOMEMLIMIT=1GiB", "TMPDIR=" + folder,
		"GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH, "GOROOT=" + a.toolchain.Root}
}

// run has the tool in a cell do a task, and keeps the file that it makes. It fails
// with a [SourceError] where the sources are at fault.
func (a *Archives) run(ctx context.Context, cell *sandbox.Cell, name string, task sandbox.Task, result string) error {
	limited, cancel := context.WithTimeout(ctx, a.patience.wall)
	defer cancel()
	if err := cell.Start(task); err != nil {
		return a.broken(fmt.Errorf("starting the %s tool: %w", name, err))
	}
	stop := context.AfterFunc(limited, cell.Kill)
	defer stop()
	gauge := watch(cell)
	said := listen(cell.Output())
	end, err := cell.Wait(limited)
	used := gauge.read()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && limited.Err() == nil:
		return a.broken(fmt.Errorf("running the %s tool: %w", name, err))
	case err == nil && end.ExitCode == 0:
		return a.keep(cell, task.Dir, result)
	}
	b := breakdown{
		end: end, said: said, used: used, late: limited.Err() != nil && (err != nil || end.ExitCode < 0), work: a.patience.work,
		walled: cell.Folder(task.Dir) != task.Dir, compiling: name == "compile",
	}
	if fault := b.blame(); fault != nil && a.whole() == nil {
		return fault
	}
	return a.broken(fmt.Errorf("running the %s tool: %s", name, b))
}

// keep takes what a tool has made.
func (a *Archives) keep(cell *sandbox.Cell, dir, name string) error {
	if err := cell.Keep(dir, name); err != nil {
		return fmt.Errorf("taking %s: %w", name, err)
	}
	return nil
}

// broken is why a tool broke down: err, unless archives are missing, which would
// else be blamed on the sources that import them.
func (a *Archives) broken(err error) error {
	if missing := a.whole(); missing != nil {
		return missing
	}
	return err
}

// listen reads what a tool says, to its end, and returns the beginning.
func listen(r io.Reader) []byte {
	said, _ := io.ReadAll(io.LimitReader(r, maxSaid))
	_, _ = io.Copy(io.Discard, r) // or the tool would wait for us
	return said
}
