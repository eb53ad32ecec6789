package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// The files of the spare linker in the folder of the archives.
const (
	spareLinker = "link"
	linkConfig  = "importcfg.link" // the importcfg with files relative to the folder
)

// Bounds of the spare linkers.
const (
	// maxWaiting is how many may wait for work: each keeps some 60 MB, half of
	// it pages of the archives, which they share.
	maxWaiting = 4
	// idleTime ends those that nobody wanted for so long.
	idleTime = 10 * time.Minute
)

// spare is a linker that reads the archives, waits for a folder and links what
// is there. It works once.
type spare struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
	said  said
	kept  bool          // it was made to wait
	done  chan struct{} // closed when the process is gone and waited for
	err   error         // of Wait, once done
}

// said collects what a process prints, and tells when it begins to.
type said struct {
	buf   bytes.Buffer
	once  sync.Once
	began chan struct{}
}

func (s *said) Write(p []byte) (int, error) {
	s.once.Do(func() { close(s.began) })
	return s.buf.Write(p)
}

// startSpare starts one. It ends by itself when this process does: its standard
// input ends then.
func (a *Archives) startSpare() (*spare, error) {
	cmd := exec.Command(filepath.Join(a.dir, spareLinker), a.linkFlags(linkConfig)...)
	cmd.Dir = a.dir
	cmd.Env = append(a.toolEnv(a.dir), "MANCHE_SPARE="+a.roots)
	s := &spare{cmd: cmd, said: said{began: make(chan struct{})}, done: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = &s.said, &s.said
	var err error
	if s.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	limitMemory(cmd.Process.Pid, toolMemory)
	go func() {
		defer close(s.done)
		s.err = cmd.Wait()
	}()
	return s, nil
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

// link has the spare link the object file in dir.
func (s *spare) link(ctx context.Context, dir string) error {
	defer s.end()
	limited, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	if _, err := io.WriteString(s.stdin, dir); err != nil {
		return fmt.Errorf("%w: %w", errSpare, err)
	}
	s.stdin.Close()
	select {
	case <-s.done:
	case <-limited.Done():
		return limited.Err()
	}
	if s.err != nil {
		return fmt.Errorf("%w: %w: %s", errSpare, s.err, tail(s.said.buf.Bytes()))
	}
	_, err := os.Stat(filepath.Join(dir, executable))
	return err
}

// end ends the process, whatever it does, and waits for it.
func (s *spare) end() {
	s.stdin.Close()
	s.cmd.Process.Kill() // fails where it is gone
	<-s.done
}

// spares are the linkers that wait for work.
type spares struct {
	mu      sync.Mutex
	waiting []*spare
	closed  bool
	idle    *time.Timer
}

// take returns one that waits, or nil.
func (p *spares) take() *spare {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiting) > 0 {
		s := p.waiting[0]
		p.waiting = p.waiting[1:]
		if s.alive() {
			return s
		}
	}
	return nil
}

// put lets one wait, and reports whether there was room.
func (p *spares) put(s *spare) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.waiting) >= maxWaiting || !s.alive() {
		return false
	}
	p.waiting = append(p.waiting, s)
	if p.idle == nil {
		p.idle = time.AfterFunc(idleTime, p.clear)
	}
	p.idle.Reset(idleTime)
	return true
}

// clear ends those that wait.
func (p *spares) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.waiting {
		s.end()
	}
	p.waiting = nil
}

// close ends those that wait, and lets no other wait.
func (p *spares) close() {
	p.mu.Lock()
	p.closed = true
	if p.idle != nil {
		p.idle.Stop()
	}
	p.mu.Unlock()
	p.clear()
}

// count is how many wait.
func (p *spares) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.waiting)
}

// Warm has n linkers, at most four, ready for the next builds: each takes some
// 60 MB of memory and saves its build two thirds of the linker's time. It returns
// at once; they need a tenth of a second. Where there is no linker that can wait
// it does nothing. Whoever calls it has to call [Archives.Close].
func (a *Archives) Warm(n int) {
	for range min(n, maxWaiting) - a.spares.count() {
		s := a.newSpare()
		if s == nil {
			return
		}
		s.kept = true
		a.release(s)
	}
}

// Close ends the linkers that wait. Builds still work, and keep none.
func (a *Archives) Close() error {
	a.spares.close()
	return nil
}

// newSpare starts a spare linker; it is nil where there is none.
func (a *Archives) newSpare() *spare {
	if !a.spared {
		return nil
	}
	s, err := a.startSpare()
	if err != nil {
		return nil // the stock linker may do better, or say why not
	}
	return s
}

// readySpare returns a linker that waits, or else a new one, which reads the
// archives while the compiler works.
func (a *Archives) readySpare() *spare {
	if s := a.spares.take(); s != nil {
		return s
	}
	return a.newSpare()
}

// release lets a linker that was not needed wait for others, if it was one of
// those that wait.
func (a *Archives) release(s *spare) {
	if s != nil && !(s.kept && a.spares.put(s)) {
		s.end()
	}
}
