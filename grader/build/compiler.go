package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"manche/grader/sandbox"
)

// compiler is a cell that waits to become the compiler, or soon will.
type compiler struct {
	made chan struct{} // closed once what follows is set
	cell *sandbox.Cell
	err  error
}

// newCompiler begins to make a cell for the compiler.
func (a *Archives) newCompiler(ctx context.Context) *compiler {
	c := &compiler{made: make(chan struct{})}
	go func() {
		defer close(c.made)
		c.cell, c.err = a.cells.Cell(a.tool(a.toolchain.tool("compile"), gentle(ctx)))
		if c.err == nil {
			c.err = c.cell.Await()
		}
	}()
	return c
}

// alive reports whether the cell still waits, or is being made.
func (c *compiler) alive() bool {
	select {
	case <-c.made:
	default:
		return true
	}
	if c.err != nil {
		return false
	}
	select {
	case <-c.cell.Done():
		return false
	default:
		return true
	}
}

// end closes the cell, whatever is in it.
func (c *compiler) end() {
	if <-c.made; c.cell != nil {
		c.cell.Close()
	}
}

// compile compiles files into an object file in dir, with a compiler that waits, if
// there is one and it did not die of that.
func (a *Archives) compile(ctx context.Context, dir string, files map[string][]byte) error {
	if !gentle(ctx) {
		if c := a.compilers.take(); c != nil {
			err := a.compileIn(ctx, c, dir, files)
			a.compilers.give(c, false)
			if setup := (*sandbox.SetupError)(nil); !errors.As(err, &setup) {
				return err
			}
		}
	}
	c := a.newCompiler(ctx)
	defer c.end()
	return a.compileIn(ctx, c, dir, files)
}

func (a *Archives) compileIn(ctx context.Context, c *compiler, dir string, files map[string][]byte) error {
	if <-c.made; c.err != nil {
		return a.broken(fmt.Errorf("starting the compiler: %w", c.err))
	}
	folder := c.cell.Folder(dir)
	task := sandbox.Task{Dir: dir, Args: a.compileArgs(folder, files), Env: a.toolEnv(folder), Files: a.withConfig(files)}
	if err := a.run(ctx, c.cell, "compile", task, object); err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(dir, object))
	if err == nil && info.Size() > maxObject {
		err = &SourceError{Output: fmt.Appendf(nil, "the object file has %d bytes", info.Size()), Limit: true}
	}
	return err
}
