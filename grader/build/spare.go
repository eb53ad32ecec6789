package build

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
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

// spare is a linker that has read the archives, or still reads, and links what
// is in the folders that it is given: one after the other, or one only where it
// cannot fork.
type spare struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser
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

// startSpare starts one. It ends by itself when this process does: its standard
// input ends then.
func (a *Archives) startSpare() (*spare, error) {
	cmd := exec.Command(a.linker, a.linkFlags(linkConfig)...)
	cmd.Dir = a.dir
	cmd.Env = append(a.toolEnv(a.dir), "MANCHE_SPARE="+strings.Join(a.roots, " "), "GOMAXPROCS=1", "GODEBUG=asyncpreemptoff=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	limitMemory(cmd.Process.Pid, toolMemory)
	s := &spare{cmd: cmd, stdin: stdin, ready: make(chan struct{}), answers: make(chan answer, 1), done: make(chan struct{})}
	go s.listen(bufio.NewReader(out))
	return s, nil
}

// listen reads what the process says, to its end, and waits for it.
func (s *spare) listen(out *bufio.Reader) {
	defer close(s.done)
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
			s.answers <- answer{code, said} // there is room: one is asked for at a time
			said = nil
		}
	}
	if s.err = s.cmd.Wait(); s.err != nil {
		s.err = fmt.Errorf("%w: %s", s.err, tail(said))
	}
}

// alive reports whether the process still waits, or reads.
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

// link has the spare link the object file in dir. When it fails, the spare is not
// to be used again.
func (s *spare) link(ctx context.Context, dir string) error {
	limited, cancel := context.WithTimeout(ctx, spareTime)
	defer cancel()
	if !filepath.IsAbs(dir) || strings.Contains(dir, "\n") || len(dir) > maxFolder {
		return fmt.Errorf("%w: not for the folder %q", errSpare, dir)
	}
	if _, err := io.WriteString(s.stdin, dir+"\n"); err != nil {
		return fmt.Errorf("%w: %w", errSpare, err)
	}
	if !forks {
		s.stdin.Close()
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
	case <-limited.Done():
		return fmt.Errorf("%w: %w", errSpare, limited.Err())
	}
	return nil
}

// forks reports whether a spare linker forks for each link.
const forks = runtime.GOOS == "linux" && (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64")

// end ends the process, whatever it does, and waits for it.
func (s *spare) end() {
	s.stdin.Close()
	s.cmd.Process.Kill() // fails where it is gone
	<-s.done
}
