package grader

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"manche/grader/harness"
	"manche/grader/sandbox"
)

// talkTime is how long a program may take to read what the other one says.
const talkTime = 5 * time.Second

// part is one of two programs that run at one time.
type part struct {
	*harness.Program
	binary string
	orders harness.Orders

	in     *os.File // what it reads
	input  *input   // where we write that
	result sandbox.Result
	place  int // which one it was to end, from 1
}

// duet runs two programs that talk to each other.
type duet struct {
	box   box
	terms sandbox.Program // of both, without what differs
	talk  *harness.Talk

	mu    sync.Mutex // guards ended
	ended int
}

// run runs both to their ends. An error is ours.
func (d *duet) run(ctx context.Context, checks, answer *part) error {
	for _, p := range []*part{checks, answer} {
		if err := p.connect(); err != nil {
			return err
		}
		defer p.input.Close()
		defer p.in.Close() // again, where it was not run
	}
	d.talk = harness.NewTalk(checks.input, answer.input)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.play(ctx, checks, answer, d.talk.Checks()) })
	group.Go(func() error { return d.play(ctx, answer, checks, d.talk.Answer()) })
	return group.Wait()
}

// play runs one, and has the other know when it has ended.
func (d *duet) play(ctx context.Context, p, other *part, report io.Writer) (err error) {
	defer other.input.Close()
	ready := d.terms
	ready.Path, ready.Input, ready.Report = p.binary, p.in, report
	p.result, err = d.box.Run(ctx, ready)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended++
	p.place = d.ended
	return err
}

// read tells what was seen in both, and how the run ended: as the answer did,
// unless the checks ended before their time and the answer only followed.
func (d *duet) read(checks, answer *part) (harness.Run, sandbox.Result) {
	asked := checks.Read(checks.orders, d.talk.CheckReport(), checks.result.Output)
	answered := answer.Read(answer.orders, d.talk.AnswerReport(), answer.result.Output)
	if !asked.Complete && checks.place == 1 && answer.result.Stop == sandbox.Exited {
		return d.talk.Join(asked, answered), checks.result
	}
	return d.talk.Join(asked, answered), answer.result
}

// connect makes the pipe that a part reads, with its orders in it.
func (p *part) connect() error {
	in, out, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("making a pipe between two programs: %w", err)
	}
	p.in, p.input = in, &input{out}
	if _, err := p.input.Write(append(p.orders.Encode(), '\n')); err != nil { // there is room in the pipe
		in.Close()
		out.Close()
		return fmt.Errorf("giving a program its orders: %w", err)
	}
	return nil
}

// input is where we write what a program reads.
type input struct{ file *os.File }

// Write fails where nobody reads, at once or after a while.
func (i *input) Write(p []byte) (int, error) {
	_ = i.file.SetWriteDeadline(time.Now().Add(talkTime)) // a closed one says so itself
	return i.file.Write(p)
}

func (i *input) Close() error { return i.file.Close() }
