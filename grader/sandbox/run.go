package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
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
	// The kernel kills the program when the thread that forked it dies, so this
	// thread must stay ours until the program has ended.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	j.Limits = j.Limits.filled()
	r := &run{limits: j.Limits, halted: make(chan Stop, 2), began: make(chan struct{}), ended: make(chan struct{})}
	r.output = &capture{limit: j.Limits.Output, also: j.Output, over: func() { r.halted <- OutputLimit }}
	r.report, err = newRelay(j.Report, j.Limits.Report, func() { r.halted <- ReportLimit })
	if err != nil {
		return Result{}, err
	}
	r.room, err = b.confine(j, r.report.write)
	if err != nil {
		r.report.drop()
		return Result{}, err
	}
	defer func() { err = errors.Join(err, r.room.close()) }()
	feed(r.room.cmd, j.Program, r.output)
	if err := r.room.start(); err != nil {
		r.report.drop()
		return Result{}, &SetupError{"start", err}
	}
	j.closeInput() // the program has its own
	return r.follow(ctx)
}

// feed connects the streams. Stdout and stderr being one writer, they share one
// pipe and stay in the order in which they were written.
func feed(c *exec.Cmd, p Program, output *capture) {
	switch {
	case p.Input != nil:
		c.Stdin = p.Input
	case len(p.Stdin) > 0:
		c.Stdin = bytes.NewReader(p.Stdin)
	}
	c.Stdout, c.Stderr = output, output
	c.WaitDelay = drainLimit
}

// closeInput closes what the program reads, unless that was done.
func (p Program) closeInput() {
	if p.Input != nil {
		p.Input.Close()
	}
}

// run is one program under way.
type run struct {
	limits Limits
	room   *room
	output *capture
	report *relay
	halted chan Stop     // a stream has passed its limit; room for both
	began  chan struct{} // closed when the program itself runs
	ended  chan struct{} // closed when it does no more
}

// follow stays with the started process to its end.
func (r *run) follow(ctx context.Context) (Result, error) {
	r.report.start()
	cmd := r.room.cmd
	cause := make(chan Stop, 1)
	go func() { cause <- r.watch(ctx) }()
	admitted := r.room.admit()
	start := time.Now()
	if admitted == nil {
		close(r.began)
	} else {
		r.signal(syscall.SIGKILL)
	}
	waited := cmd.Wait()
	wall := time.Since(start)
	close(r.ended)
	stop := <-cause
	if !r.room.walled {
		r.endBare()
	}
	r.report.wait()
	if err := r.fault(ctx, stop, admitted, waited); err != nil {
		return Result{Stop: stop}, err
	}
	return r.result(stop, wall)
}

// endBare ends what a program without walls has left running.
func (r *run) endBare() {
	killGroup(r.room.cmd.Process.Pid)
	// Whoever escaped even that may hold the report's pipe open.
	_ = r.report.read.SetReadDeadline(time.Now().Add(drainLimit))
}

// fault returns what went wrong on our side, if anything did.
func (r *run) fault(ctx context.Context, stop Stop, admitted, waited error) error {
	var exit *exec.ExitError
	switch {
	case stop == Cancelled:
		return ctx.Err()
	case admitted != nil:
		return admitted
	case r.report.err != nil:
		return fmt.Errorf("passing on the report: %w", r.report.err)
	case waited != nil && !errors.As(waited, &exit) && !errors.Is(waited, exec.ErrWaitDelay):
		return fmt.Errorf("waiting for the program: %w", waited)
	}
	return nil
}

// result says what became of the program. stop is empty when nothing was done
// to it.
func (r *run) result(stop Stop, wall time.Duration) (Result, error) {
	state := r.room.cmd.ProcessState
	res := Result{
		Stop: stop, ExitCode: state.ExitCode(), Signal: signalName(state),
		Output: r.output.kept, OutputCut: r.output.cut,
		CPU: state.UserTime() + state.SystemTime(), Wall: wall,
	}
	peak, exceeded := r.room.memory()
	res.PeakMemory = peak
	switch {
	case res.Stop != "":
	case exceeded && res.Signal == "SIGKILL":
		res.Stop = MemoryLimit
	case res.OutputCut:
		res.Stop = OutputLimit
	case r.report.cut:
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
	p := r.room.cmd.Process
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
	var meter *odometer
	defer func() { meter.close() }()
	began := r.began
	for {
		select {
		case <-r.ended:
			return ""
		case <-began:
			began = nil
			clock.Reset(r.limits.Wall)
			meter = r.room.sample(r.room.cmd.Process.Pid)
		case <-clock.C:
			return r.end(WallTime)
		case <-ctx.Done():
			return r.end(Cancelled)
		case stop := <-r.halted:
			return r.end(stop)
		case <-poll.C:
			if stop := meter.read(r.limits); stop != "" {
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
		grace := time.NewTimer(dumpGrace)
		defer grace.Stop()
		select {
		case <-r.ended:
			return why
		case <-grace.C:
		}
	}
	r.signal(syscall.SIGKILL)
	return why
}
