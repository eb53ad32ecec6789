package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// streams are what connects a program with us: what it reads, what it writes on
// stdout and stderr together, so that both stay in the order in which they were
// written, and what it writes on its report descriptor.
type streams struct {
	stdin          *os.File // the program's end
	output, report *relay
	kept           *bytes.Buffer // of the output

	feed *os.File      // our end of stdin; nil where there is nothing to write
	fed  chan struct{} // closed when all of stdin was written, or nobody reads it
}

// newStreams makes those of p, with limits l. halted, which has room for both
// relays, is told which of them has passed its limit.
func newStreams(p Program, l Limits, halted chan<- Stop) (_ *streams, err error) {
	s := &streams{kept: new(bytes.Buffer)}
	defer func() {
		if err != nil {
			s.drop()
			err = fmt.Errorf("making the program's streams: %w", err)
		}
	}()
	if err := s.openStdin(p); err != nil {
		return nil, err
	}
	output, report := io.Writer(s.kept), io.Discard
	if p.Output != nil {
		output = io.MultiWriter(s.kept, p.Output)
	}
	if p.Report != nil {
		report = p.Report
	}
	if s.output, err = newRelay(output, l.Output, func() { halted <- OutputLimit }); err != nil {
		return nil, err
	}
	s.report, err = newRelay(report, l.Report, func() { halted <- ReportLimit })
	return s, err
}

// openStdin opens what the program reads.
func (s *streams) openStdin(p Program) (err error) {
	switch {
	case p.Input != nil:
		s.stdin = p.Input
	case len(p.Stdin) == 0:
		s.stdin, err = os.Open(os.DevNull)
	default:
		if s.stdin, s.feed, err = os.Pipe(); err != nil {
			return err
		}
		s.fed = make(chan struct{})
		go func() {
			defer close(s.fed)
			_, _ = s.feed.Write(p.Stdin) // it need not be read
			s.feed.Close()
		}()
	}
	return err
}

// theirs are the program's ends: descriptors 0, 1 (and 2), and 3.
func (s *streams) theirs() []*os.File {
	return []*os.File{s.stdin, s.output.write, s.report.write}
}

// handed closes our copies of the program's ends, which by now it has, or never
// will: then the end of each stream is seen.
func (s *streams) handed() {
	for _, f := range s.theirs() {
		f.Close()
	}
}

// drain returns when all that the ended program has written was passed on. Whoever
// has outlived a program without walls may hold its pipes open: patience, if it is
// not 0, bounds the wait for that.
func (s *streams) drain(patience time.Duration) {
	if patience > 0 {
		defer time.AfterFunc(patience, func() { s.output.read.Close(); s.report.read.Close() }).Stop()
	}
	s.output.wait()
	s.report.wait()
	s.starve()
}

// starve ends the writing of stdin.
func (s *streams) starve() {
	if s.feed != nil {
		s.feed.Close()
		<-s.fed
	}
}

// err is what kept us from passing on what the program wrote.
func (s *streams) err() error { return errors.Join(s.output.err, s.report.err) }

// drop closes streams that no program was given.
func (s *streams) drop() {
	s.stdin.Close() // harmless on nil, as in what follows
	s.starve()
	for _, r := range []*relay{s.output, s.report} {
		if r != nil {
			r.write.Close()
			r.wait()
		}
	}
}

// relay carries what a program writes to a writer. Its goroutine runs from
// newRelay to wait.
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
		return nil, err
	}
	c := &relay{read: r, write: w, to: to, left: limit, halt: halt, done: make(chan struct{})}
	go c.carry()
	return c, nil
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

// forward passes on what the limit lets through. After the limit, or after an
// error of the writer, everything is read and dropped, so that the program's last
// moments never wait for us.
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

// wait returns when everything was carried; the writing end must be closed, ours
// and all others.
func (r *relay) wait() {
	<-r.done
	r.read.Close()
}
