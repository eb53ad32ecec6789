package measure

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"manche/exercises"
)

// Endless is a server, in a process of its own, in which the program of a
// submission runs that never ends. It must be ended.
type Endless struct{ server *server }

// StartEndless starts one, with its data in a folder and these flags besides, and
// returns when the program runs.
func StartEndless(ctx context.Context, program, data string, ex *exercises.Exercise, flags ...string) (*Endless, error) {
	s, err := startServer(ctx, program, data, append([]string{unlimited}, flags...))
	if err != nil {
		return nil, err
	}
	if err := s.runEndless(ctx, ex); err != nil {
		s.stop()
		return nil, cmp.Or(ctx.Err(), fmt.Errorf("running an endless program: %w", err))
	}
	return &Endless{s}, nil
}

// runEndless submits an endless answer and waits until it runs.
func (s *server) runEndless(ctx context.Context, ex *exercises.Exercise) error {
	if err := s.ready(ctx); err != nil {
		return err
	}
	passing, _ := answersTo(ex)
	if _, err := s.submit(ctx, ex.Slug, posting(passing.fresh(endless), false)); err != nil {
		return err
	}
	lane := serverLane{server: s}
	return s.poll(ctx, func() (bool, error) { return len(lane.running()) > 0, nil })
}

// Pid is the number of the server's process.
func (e *Endless) Pid() int { return e.server.cmd.Process.Pid }

// End sends a signal that ends the server, and waits until it has ended. One that
// takes too long is killed.
func (e *Endless) End(signal os.Signal) error {
	e.server.http.CloseIdleConnections()
	err := e.server.cmd.Process.Signal(signal)
	late := time.AfterFunc(endTime, func() { e.server.cmd.Process.Kill() })
	defer late.Stop()
	<-e.server.ended
	return err
}
