//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"sync"
)

// maxStages is how many stages may wait: as many as programs run at a time on a
// usual machine.
const maxStages = 4

// stages are first stages that wait for their programs. A nil stages has none.
type stages struct {
	begin func() (*crossing, error)

	mu     sync.Mutex
	ready  []*crossing
	coming int // are being started
	closed bool
	starts sync.WaitGroup
}

// expect has n wait, or be on their way.
func (s *stages) expect(n int) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.ready)+s.coming < min(n, maxStages) && !s.closed {
		s.coming++
		s.starts.Go(s.start)
	}
}

// start starts one. That it fails is told to the run that will start its own.
func (s *stages) start() {
	c, err := s.begin()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.coming--
	if err == nil {
		s.ready = append(s.ready, c)
	}
}

// take returns one that waits, which is the caller's from then on, or nil.
func (s *stages) take() *crossing {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.ready) > 0 {
		c := s.ready[0]
		s.ready = s.ready[1:]
		if c.listens() {
			return c
		}
		_ = c.abandon() // its group is removed when the server's is
	}
	return nil
}

// close ends those that wait, and lets no other wait.
func (s *stages) close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.starts.Wait()
	var err error
	for c := s.take(); c != nil; c = s.take() {
		err = errors.Join(err, c.abandon())
	}
	return err
}
