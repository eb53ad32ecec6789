package sandbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// programName is what programs find in argv[0].
const programName = "/program"

// errKilled is a SIGKILL that is none of the program's doing, since it cannot
// send itself one, nor ours: the host is out of memory, or somebody typed kill.
var errKilled = errors.New("the program was killed from outside the sandbox")

// Run runs p to its end, whatever that is, and leaves nothing of it behind. An
// error is our fault, never the program's; a *SetupError says that the program
// did not start. When ctx is cancelled the program is killed, and the error is
// ctx's. If this process dies, so does the program.
//
// Behind walls the program is process 1: a signal that it sends itself does
// nothing unless it is handled. Go's runtime, wanting to die of one, exits with
// code 2.
func (b *Backend) Run(ctx context.Context, p Program) (Result, error) {
	return b.run(ctx, job{Program: p, name: programName})
}

func (b *Backend) run(ctx context.Context, j job) (res Result, err error) {
	defer j.closeInput()
	if err := ctx.Err(); err != nil {
		return Result{Stop: Cancelled}, err
	}
	j.Limits = j.Limits.filled()
	r := &run{limits: j.Limits, halted: make(chan Stop, 2), began: make(chan struct{})}
	if r.streams, err = newStreams(j.Program, j.Limits, r.halted); err != nil {
		return Result{}, err
	}
	if r.room, err = b.confine(j, r.streams); err != nil {
		r.streams.drop()
		return Result{}, err
	}
	defer func() { err = errors.Join(err, r.room.close()) }()
	if r.child, err = r.room.start(); err != nil {
		r.streams.drop()
		return Result{}, err
	}
	return r.follow(ctx)
}

// closeInput closes what the program reads, unless that was done.
func (p Program) closeInput() {
	if p.Input != nil {
		p.Input.Close()
	}
}

// run is one program under way.
type run struct {
	limits  Limits
	room    *room
	child   *child
	streams *streams
	halted  chan Stop     // a stream has passed its limit; room for both
	began   chan struct{} // closed when the program itself runs
}

// follow stays with the started process to its end.
func (r *run) follow(ctx context.Context) (Result, error) {
	cause := make(chan Stop, 1)
	go func() { cause <- r.watch(ctx) }()
	admitted := r.room.admit()
	r.streams.handed()
	start := time.Now()
	if admitted == nil {
		close(r.began)
	} else {
		r.signal(syscall.SIGKILL)
	}
	<-r.child.ended
	wall := time.Since(start)
	stop := <-cause
	if r.room.walled {
		r.streams.drain(0)
	} else {
		killGroup(r.child.cmd.Process.Pid) // what the program has left running
		r.streams.drain(drainLimit)
	}
	if admitted == nil && stop == "" && r.room.late != nil {
		admitted = r.room.late()
	}
	if err := r.fault(ctx, stop, admitted); err != nil {
		return Result{Stop: stop}, err
	}
	return r.result(stop, wall)
}

// fault returns what went wrong on our side, if anything did.
func (r *run) fault(ctx context.Context, stop Stop, admitted error) error {
	var exit *exec.ExitError
	switch waited := r.child.waited; {
	case stop == Cancelled:
		return ctx.Err()
	case admitted != nil:
		return r.cite(admitted, stop)
	case r.streams.err() != nil:
		return fmt.Errorf("passing on what the program wrote: %w", r.streams.err())
	case waited != nil && !errors.As(waited, &exit):
		return fmt.Errorf("waiting for the program: %w", waited)
	}
	return nil
}

// cite adds to a failed set-up how the first process ended, and what was printed
// meanwhile, if anything.
func (r *run) cite(err error, stop Stop) error {
	var setup *SetupError
	if !errors.As(err, &setup) {
		return err
	}
	how := r.child.cmd.ProcessState.String()
	if stop != "" {
		how += ", " + string(stop)
	}
	if said := r.streams.kept.Bytes(); len(said) > 0 {
		how += fmt.Sprintf(": %.400q", said)
	}
	return &SetupError{setup.Step, fmt.Errorf("%w; %s", setup.Err, how)}
}

// result says what became of the program. stop is empty when nothing was done
// to it.
func (r *run) result(stop Stop, wall time.Duration) (Result, error) {
	state := r.child.cmd.ProcessState
	res := Result{
		Stop: stop, ExitCode: state.ExitCode(), Signal: signalName(state),
		Output: r.streams.kept.Bytes(), OutputCut: r.streams.output.cut,
		CPU: state.UserTime() + state.SystemTime(), Wall: wall,
	}
	if r.room.ending != nil && res.Signal == "" {
		res.ExitCode, res.Signal = r.room.ending(res.ExitCode)
	}
	if r.room.cpu != nil {
		res.CPU = r.room.cpu()
	}
	peak, exceeded := r.room.memory()
	res.PeakMemory = peak
	switch {
	case res.Stop != "":
	case exceeded && (res.Signal == "SIGKILL" || r.room.ending != nil):
		res.Stop = MemoryLimit
	case res.OutputCut:
		res.Stop = OutputLimit
	case r.streams.report.cut:
		res.Stop = ReportLimit
	case res.Signal == "SIGKILL" && res.CPU >= r.limits.CPU:
		res.Stop = CPUTime
	case res.Signal == "SIGKILL" && r.room.walled:
		return Result{}, errKilled
	case res.Signal != "":
		res.Stop = Signaled
	default:
		res.Stop = Exited
	}
	return res, nil
}

// signal sends s to the program: all of it, if it has no walls.
func (r *run) signal(s syscall.Signal) {
	p := r.child.cmd.Process
	if r.room.walled {
		_ = p.Signal(s) // its end takes everything along; an ended process is no error
		return
	}
	signalGroup(p, s)
}

// watch ends the program when there is a reason to, which it returns; when the
// program ends first, it returns "".
func (r *run) watch(ctx context.Context) Stop {
	clock := time.NewTimer(setupLimit)
	defer clock.Stop()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	var m meter = (*odometer)(nil)
	defer func() { m.close() }()
	began := r.began
	for {
		select {
		case <-r.child.ended:
			return ""
		case <-began:
			began = nil
			clock.Reset(r.limits.Wall)
			m = r.room.sample(r.child.cmd.Process.Pid)
		case <-clock.C:
			return r.end(WallTime)
		case <-ctx.Done():
			return r.end(Cancelled)
		case stop := <-r.halted:
			return r.end(stop)
		case <-poll.C:
			if stop := m.read(r.limits); stop != "" {
				return r.end(stop)
			}
		}
	}
}

// end ends the program. One that ran out of time is asked for its goroutines'
// stacks first.
func (r *run) end(why Stop) Stop {
	if why == WallTime || why == CPUTime {
		r.signal(syscall.SIGQUIT)
		grace := time.NewTimer(cmp.Or(r.room.grace, dumpGrace))
		defer grace.Stop()
		select {
		case <-r.child.ended:
			return why
		case <-grace.C:
		}
	}
	r.signal(syscall.SIGKILL)
	return why
}
