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
	// maxWaiting is how many may wait for work: each keeps 30 MB, and 45 MB of
	// the archives that all of them share.
	maxWaiting = 4
	// spareTime is a hundred times what a link takes once the archives are read.
	spareTime = 5 * time.Second
	// maxFolder bounds the name of a folder, in bytes.
	maxFolder = 4000
	// idleTime ends those that nobody wanted for so long.
	idleTime = 10 * time.Minute
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

// spares are the linkers that wait for work, and how many are at work.
type spares struct {
	mu      sync.Mutex
	waiting []*spare
	working int
	closed  bool
	idle    *time.Timer
}

// take returns one that waits, or nil. It is to be given back.
func (p *spares) take() *spare {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiting) > 0 {
		s := p.waiting[0]
		p.waiting = p.waiting[1:]
		if s.alive() {
			p.working++
			return s
		}
	}
	return nil
}

// give takes one back, which waits again if it is of use.
func (p *spares) give(s *spare, useful bool) {
	p.mu.Lock()
	p.working--
	p.mu.Unlock()
	if !useful || !p.put(s, maxWaiting) {
		s.end()
	}
}

// put lets one wait, unless there are n with those at work.
func (p *spares) put(s *spare, n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(p.waiting)+p.working >= n || !s.alive() {
		return false
	}
	p.waiting = append(p.waiting, s)
	if p.idle == nil {
		p.idle = time.AfterFunc(idleTime, p.clear)
	}
	p.idle.Reset(idleTime)
	return true
}

// full reports whether there are n, waiting or at work.
func (p *spares) full(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed || len(p.waiting)+p.working >= n
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

// Warm has n linkers, at most four, ready for the next builds, and for others
// after them on Linux. Each takes 30 MB of memory, besides 45 MB that they share,
// and saves each build more than half of the linker's time. It returns at once;
// they need a tenth of a second. Without [Archives.PrepareLinker] it does nothing.
// Whoever calls it has to call [Archives.Close].
func (a *Archives) Warm(n int) {
	for n = min(n, maxWaiting); a.spared.Load() && !a.spares.full(n); {
		s, err := a.startSpare()
		if err != nil {
			return // the stock linker may do better, or say why not
		}
		if !a.spares.put(s, n) {
			s.end()
			return
		}
	}
}

// Close ends the linkers that wait. Builds still work, and keep none.
func (a *Archives) Close() error {
	a.spares.close()
	return nil
}
