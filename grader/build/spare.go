package build

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"manche/grader/sandbox"
)

// The files of the spare linker in the folder of the archives.
const (
	spareLinker = "link"
	linkConfig  = "importcfg.link" // the importcfg with files relative to the folder
)

// Bounds of the spare linkers.
const (
	// spareTime is a hundred times what a link takes once the archives are read.
	spareTime = 5 * time.Second
	// maxFolder bounds the name of a folder, in bytes.
	maxFolder = 4000
)

// spare is a linker that has read the archives, or still reads, or is only being
// started, and links the object files that it is given: one after the other, or
// one only where it cannot fork.
type spare struct {
	begun   chan struct{} // closed when it runs, in cell, which is set by then
	cell    *sandbox.Cell
	ready   chan struct{}
	answers chan answer
	done    chan struct{} // closed when the process is gone and waited for
	err     error         // how it ended, once done
}

// answer is how a link went: with which exit code, and what the linker said.
type answer struct {
	code byte
	said []byte
}

// startSpare starts one. It ends with this process: its standard input ends then.
func (a *Archives) startSpare() *spare {
	s := &spare{begun: make(chan struct{}), ready: make(chan struct{}), answers: make(chan answer, 1), done: make(chan struct{})}
	go s.live(a)
	return s
}

// live starts the process and stays with it to its end.
func (s *spare) live(a *Archives) {
	defer close(s.done)
	tool := a.tool(a.linker, false)
	tool.Forks = forks
	cell, err := a.cells.Cell(tool)
	if err != nil {
		s.err = err
		return
	}
	env := append(a.toolEnv(cell.Folder(a.dir)), "MANCHE_SPARE="+strings.Join(a.roots, " "), "MANCHE_ARCHIVES="+a.dir,
		"GOMAXPROCS=1", "GODEBUG=asyncpreemptoff=1")
	if s.err = cell.Start(sandbox.Task{Dir: a.dir, Args: a.linkFlags(filepath.Join(a.dir, linkConfig)), Env: env}); s.err != nil {
		cell.Close()
		return
	}
	s.cell = cell
	close(s.begun)
	said := s.listen(bufio.NewReader(io.LimitReader(cell.Output(), maxSaid)))
	cell.Kill() // gone already, unless it says too much
	end, err := cell.Wait(context.Background())
	if err == nil && end.ExitCode != 0 {
		err = fmt.Errorf("exit code %d: %s", end.ExitCode, tail(said))
	}
	s.err = err
}

// listen reads what the process says, to its end, and returns the last of it.
func (s *spare) listen(out *bufio.Reader) []byte {
	said, err := out.ReadBytes('\n')
	if string(said) == "ready\n" {
		close(s.ready)
		said = nil
	}
	for err == nil {
		var more []byte
		more, err = out.ReadBytes(0)
		said = append(said, more...)
		if code, e := out.ReadByte(); err == nil && e == nil {
			select {
			case s.answers <- answer{code, said}: // there is room: one is asked for at a time
			default: // nobody asked
				s.cell.Kill()
				return said
			}
			said = nil
		}
	}
	return said
}

// alive reports whether the process still waits, or reads, or will.
func (s *spare) alive() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// errSpare says that a spare linker did not do its work.
var errSpare = errors.New("the spare linker failed")

// link has the spare link an object file; the program comes to dir. When it fails,
// the spare is not to be used again.
func (s *spare) link(ctx context.Context, dir string, compiled []byte) error {
	limited, cancel := context.WithTimeout(ctx, spareTime)
	defer cancel()
	if !filepath.IsAbs(dir) || strings.Contains(dir, "\n") || len(dir) > maxFolder {
		return fmt.Errorf("%w: not for the folder %q", errSpare, dir)
	}
	select {
	case <-s.begun:
	case <-s.done:
		return fmt.Errorf("%w: %w", errSpare, s.err)
	case <-limited.Done():
		return fmt.Errorf("%w: %w", errSpare, limited.Err())
	}
	defer context.AfterFunc(limited, s.cell.Kill)() // it may not read
	if err := s.order(s.cell.Folder(dir), compiled); err != nil {
		return fmt.Errorf("%w: %w", errSpare, err)
	}
	select {
	case got := <-s.answers:
		if got.code != 0 {
			return fmt.Errorf("%w: exit code %d: %s", errSpare, got.code, tail(got.said))
		}
	case <-s.done:
		if forks || s.err != nil {
			return fmt.Errorf("%w: %w", errSpare, s.err)
		}
	}
	if err := s.cell.Keep(dir, executable); err != nil {
		return fmt.Errorf("%w: %w", errSpare, err)
	}
	return nil
}

// order tells the linker where to work on what.
func (s *spare) order(folder string, compiled []byte) error {
	if _, err := fmt.Fprintf(s.cell.Input(), "%d %s\n", len(compiled), folder); err != nil {
		return err
	}
	_, err := s.cell.Input().Write(compiled)
	if !forks {
		err = errors.Join(err, s.cell.Input().Close())
	}
	return err
}

// forks reports whether a spare linker forks for each link.
const forks = runtime.GOOS == "linux" && (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64")

// end ends the process, whatever it does, and waits for it.
func (s *spare) end() {
	select {
	case <-s.begun:
		s.cell.Kill()
	case <-s.done:
	}
	if <-s.done; s.cell != nil {
		s.cell.Close()
	}
}
