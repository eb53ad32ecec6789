package build

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// ErrNoModule says that a folder belongs to no module.
var ErrNoModule = errors.New("the folder belongs to no module")

// moduleTime bounds one run of the go command in somebody's module: it may have
// to compile all that the package depends on, for the first time.
const moduleTime = 10 * time.Minute

// Folder is a Go package in the module of its owner, as the go command sees it
// (go help list). The names of files are bare.
type Folder struct {
	Dir, ImportPath, Name     string
	Module                    struct{ Path, Dir, GoVersion string }
	GoFiles, CgoFiles         []string
	TestGoFiles, XTestGoFiles []string
	Imports                   []string
	Error                     *listError
	DepsErrors                []*listError
}

// listError is what go list has against a package.
type listError struct{ Pos, Err string }

// errorText is the error as the compiler would print it, with the place that go
// list gives, relative to the folder that it ran in.
func (e *listError) errorText() string {
	if e.Pos == "" || strings.HasPrefix(e.Err, e.Pos) {
		return e.Err
	}
	return e.Pos + ": " + e.Err
}

// Empty reports whether there is no Go file at all.
func (f *Folder) Empty() bool {
	return len(f.GoFiles)+len(f.CgoFiles)+len(f.TestGoFiles)+len(f.XTestGoFiles) == 0
}

// Look asks the go command for the package in a folder, with the user's own
// settings. It fails with [ErrNoModule], or with a [SourceError] where the
// package cannot be loaded; the Folder then has what is known of it.
func (t Toolchain) Look(ctx context.Context, dir string) (*Folder, error) {
	out, err := t.inModule(ctx, dir, "env", "GOMOD", "GOWORK")
	if err != nil {
		return nil, err
	}
	if where := strings.Fields(string(out)); len(where) == 0 || where[0] == os.DevNull {
		return nil, ErrNoModule
	}
	out, err = t.inModule(ctx, dir, "list", "-e", "-json=Dir,ImportPath,Name,Module,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Imports,Error,DepsErrors", ".")
	if err != nil {
		return nil, err
	}
	f := new(Folder)
	if err := json.Unmarshal(out, f); err != nil {
		return nil, fmt.Errorf("reading the answer of go list: %w", err)
	}
	var said []string
	for _, e := range append([]*listError{f.Error}, f.DepsErrors...) {
		if e != nil {
			said = append(said, e.errorText())
		}
	}
	if len(said) > 0 {
		return f, against([]byte(strings.Join(said, "\n")))
	}
	return f, nil
}

// Exports compiles what the package imports and returns the files with the
// export data, by import path. It fails with a [SourceError] where something of
// it does not compile.
func (t Toolchain) Exports(ctx context.Context, f *Folder, race bool) (map[string]string, error) {
	args := append([]string{"list", "-e", "-export", "-deps", "-json=ImportPath,Export,Error"}, Config{Race: race}.flags()...)
	args = append(args, "--")
	for _, path := range f.Imports {
		if path != "C" && path != "unsafe" {
			args = append(args, path)
		}
	}
	files := make(map[string]string)
	if args[len(args)-1] == "--" {
		return files, nil // and not what is in the folder
	}
	out, err := t.inModule(ctx, f.Dir, args...)
	if err != nil {
		return nil, err
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Export string
			Error              *listError
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return files, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the answer of go list: %w", err)
		}
		if p.Error != nil {
			return nil, against([]byte(p.Error.errorText()))
		}
		files[p.ImportPath] = p.Export
	}
}

// inModule runs the go command in a folder of the user's. It fails with a
// [SourceError] where the command itself has something against what it found.
func (t Toolchain) inModule(ctx context.Context, dir string, args ...string) ([]byte, error) {
	limited, cancel := context.WithTimeout(ctx, moduleTime)
	defer cancel()
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := t.goCommand(limited, dir, args...)
	// The user's settings, but for what must be as in the archives; an
	// experiment of the user's own comes on top.
	experiments := strings.TrimSuffix(experiment+","+os.Getenv("GOEXPERIMENT"), ",")
	cmd.Env = append(os.Environ(), "GOEXPERIMENT="+experiments, "GOTOOLCHAIN=local", "PWD="+dir)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, &SourceError{Output: []byte(tail(said.Bytes())), Limit: true}
	case errors.As(err, &exit) && exit.Exited():
		return nil, against(bytes.TrimSpace(append(said.Bytes(), out...)))
	}
	return nil, fmt.Errorf("running go %s: %w: %s", args[0], err, tail(said.Bytes()))
}
