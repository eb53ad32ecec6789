package measure

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

const (
	// patience bounds every wait for a server: far more than anything takes on a
	// busy machine, the first preparation included.
	patience = 5 * time.Minute
	// endTime is how long a process may take to end when it is told to.
	endTime = 20 * time.Second
	// pollEvery is how often is looked for what nobody announces.
	pollEvery = time.Millisecond
)

// server is a manche serve of ours, in a process of its own.
type server struct {
	url   string // "http://127.0.0.1:port"
	cmd   *exec.Cmd
	log   *bytes.Buffer
	ended chan struct{} // closed when the process is over
	http  *http.Client  // one learner's
}

// unlimited lets a server take more submissions than could be sent.
const unlimited = "--per-minute=10000000"

// startServer starts one on a port of the system's choice, with its data in a
// folder, and waits until it listens. It must be stopped.
func startServer(ctx context.Context, program, data string, flags []string, env ...string) (*server, error) {
	s := &server{log: new(bytes.Buffer), ended: make(chan struct{}), http: newLearner()}
	out := &firstLine{line: make(chan string, 1)}
	s.cmd = command(ctx, program, append([]string{"serve", "--lang=en", "--addr=127.0.0.1:0", "--data=" + data}, flags...)...)
	s.cmd.Env = append(os.Environ(), env...)
	s.cmd.Stdout, s.cmd.Stderr = out, s.log
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting a server: %w", err)
	}
	go func() {
		defer close(s.ended)
		s.cmd.Wait() // whoever waits for an answer sees that there is none
	}()
	select {
	case line := <-out.line:
		_, rest, _ := strings.Cut(line, "http://")
		address, _, _ := strings.Cut(rest, "/")
		s.url = "http://" + address
		return s, nil
	case <-s.ended:
		return nil, cmp.Or(ctx.Err(), fmt.Errorf("the server ended at once; it said:\n%s", s.log))
	case <-ctx.Done():
		s.stop()
		return nil, ctx.Err()
	}
}

// newLearner is somebody who has not been there before.
func newLearner() *http.Client {
	jar, _ := cookiejar.New(nil) // which cannot fail
	return &http.Client{Jar: jar, Transport: new(http.Transport), Timeout: patience}
}

// as is the same server for another learner.
func (s *server) as(learner *http.Client) *server {
	t := *s
	t.http = learner
	return &t
}

// stop ends the server and waits for that.
func (s *server) stop() {
	s.http.CloseIdleConnections()
	s.cmd.Process.Signal(os.Interrupt) // one that has ended is no error
	late := time.AfterFunc(endTime, func() { s.cmd.Process.Kill() })
	defer late.Stop()
	<-s.ended
}

// ready waits until the server judges.
func (s *server) ready(ctx context.Context) error {
	return s.poll(ctx, func() (bool, error) {
		status, err := s.call(ctx, http.MethodGet, "/readyz", nil, nil)
		return status == http.StatusOK, err
	})
}

var errPatience = errors.New("waited too long")

// poll looks until what is asked for has come.
func (s *server) poll(ctx context.Context, come func() (bool, error)) error {
	limited, cancel := context.WithTimeoutCause(ctx, patience, errPatience)
	defer cancel()
	again := time.NewTicker(pollEvery)
	defer again.Stop()
	for {
		if ok, err := come(); ok || err != nil {
			return err
		}
		select {
		case <-again.C:
		case <-s.ended:
			return fmt.Errorf("the server has ended; it said:\n%s", s.log)
		case <-limited.Done():
			return context.Cause(limited)
		}
	}
}

// firstLine hands out the first line of what is written to it.
type firstLine struct {
	line chan string

	mu   sync.Mutex
	text bytes.Buffer
	told bool
}

// Write never fails.
func (f *firstLine) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.told {
		f.text.Write(b)
		if line, _, whole := strings.Cut(f.text.String(), "\n"); whole {
			f.told = true
			f.line <- line
		}
	}
	return len(b), nil
}
