package corpus

import (
	"context"
	"errors"
	"sync"
)

// ErrStopped is returned by tasks that were handed in too late.
var ErrStopped = errors.New("runner stopped")

// Runner runs tasks one after the other in a goroutine of its own.
type Runner struct {
	tasks chan func(context.Context)
	quit  chan struct{}
	once  sync.Once
	wg    sync.WaitGroup
}

// NewRunner starts a runner. It must be stopped.
func NewRunner() *Runner {
	r := &Runner{tasks: make(chan func(context.Context)), quit: make(chan struct{})}
	r.wg.Go(r.loop)
	return r
}

func (r *Runner) loop() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for {
		select {
		case task := <-r.tasks:
			task(ctx)
		case <-r.quit:
			return
		}
	}
}

// Do hands in a task.
func (r *Runner) Do(task func(context.Context)) error {
	select {
	case r.tasks <- task:
		return nil
	case <-r.quit:
		return ErrStopped
	}
}

// Stop ends the runner and waits for the task that runs. It may be called more
// than once and from several goroutines.
func (r *Runner) Stop() {
	r.once.Do(func() { close(r.quit) })
	r.wg.Wait()
}
