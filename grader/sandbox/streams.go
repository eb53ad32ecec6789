package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
)

// capture keeps the first bytes of a program's output and calls over, once,
// when there are more. The rest is read and dropped, so that the program's
// last moments never wait for us.
type capture struct {
	limit int64
	over  func()
	also  io.Writer // gets a copy of what is kept; may be nil
	kept  []byte
	cut   bool
}

func (c *capture) Write(p []byte) (int, error) {
	room := min(int64(len(p)), c.limit-int64(len(c.kept)))
	c.kept = append(c.kept, p[:room]...)
	if c.also != nil && room > 0 {
		_, _ = c.also.Write(p[:room]) // by contract it does not fail
	}
	if room < int64(len(p)) && !c.cut {
		c.cut = true
		c.over()
	}
	return len(p), nil
}

// relay carries what a program writes to its report descriptor to a writer.
// Its goroutine runs from start to wait.
type relay struct {
	read, write *os.File
	to          io.Writer
	left        int64  // bytes that may still come
	halt        func() // called once, when the limit is passed or the writer fails
	done        chan struct{}

	// For after wait:
	cut bool
	err error
}

func newRelay(to io.Writer, limit int64, halt func()) (*relay, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making the report's pipe: %w", err)
	}
	if to == nil {
		to = io.Discard
	}
	return &relay{read: r, write: w, to: to, left: limit, halt: halt, done: make(chan struct{})}, nil
}

// start begins to carry. The program must have its copy of the writing end by
// now: ours is closed, so that its end is seen.
func (r *relay) start() {
	r.write.Close()
	go r.carry()
}

func (r *relay) carry() {
	defer close(r.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := r.read.Read(buf)
		r.forward(buf[:n])
		if err != nil {
			return
		}
	}
}

// forward passes on what the limit lets through; after the limit, or after an
// error of the writer, everything is dropped.
func (r *relay) forward(p []byte) {
	if r.cut || r.err != nil || len(p) == 0 {
		return
	}
	n := min(int64(len(p)), r.left)
	r.left -= n
	_, r.err = r.to.Write(p[:n])
	r.cut = r.err == nil && n < int64(len(p))
	if r.cut || r.err != nil {
		r.halt()
	}
}

// wait returns when everything was carried.
func (r *relay) wait() {
	<-r.done
	r.read.Close()
}

// drop closes a relay that was not started.
func (r *relay) drop() {
	r.read.Close()
	r.write.Close()
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
