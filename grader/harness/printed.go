package harness

import (
	"bytes"
	"strings"

	"manche/grader/harness/wire"
)

// Printed parts what a program prints while its first check runs from what else
// stands in the output, as it comes, with names as their author wrote them. All
// that it returns together is the Output of the first attempt that [Program.Read]
// finds in the end, without the line ends that part it. It is for one goroutine
// at a time.
//
// A line that may become a frame of a stack is kept back to its end, or until it
// is longer than any that is one.
type Printed struct {
	program     *Program
	open, close []byte // what stands before and after
	rest        []byte // came, and was not returned yet
	begun, over bool
	inLine      bool // the line that rest goes on with was returned in part
}

// maxFrame is longer than any line of a stack: the longest path, in bytes.
const maxFrame = 4 << 10

// Printed prepares to read the output of a run under these orders.
func (p *Program) Printed(orders Orders) *Printed {
	return &Printed{
		program: p,
		open:    []byte(wire.CutLine(orders.Key, 0) + "\n"),
		close:   []byte("\n" + wire.CutLine(orders.Key, 1)),
	}
}

// Next takes in more of the output, and returns what can be told by now. What may
// yet turn out to be something else is kept back.
func (r *Printed) Next(more []byte) string {
	if r.over {
		return ""
	}
	r.rest = append(r.rest, more...)
	if !r.begun {
		_, after, found := bytes.Cut(r.rest, r.open)
		if !found {
			r.rest = r.rest[max(0, len(r.rest)-len(r.open)):]
			return ""
		}
		r.begun, r.rest = true, bytes.Clone(after)
	}
	if own, _, found := bytes.Cut(r.rest, r.close); found {
		r.over = true
		return r.plain(own)
	}
	n := r.settled()
	text := r.plain(r.rest[:n])
	r.rest = bytes.Clone(r.rest[n:])
	return text
}

// Rest returns what was kept back, once no more will come.
func (r *Printed) Rest() string {
	if r.over || !r.begun {
		return ""
	}
	r.over = true
	return r.plain(bytes.TrimSuffix(r.rest, []byte("\n")))
}

// settled is how much of the rest nothing that follows can change: not what may be
// the beginning of what stands after it or of the suffix of a name, nor a line
// that may become a frame of a stack.
func (r *Printed) settled() int {
	n := len(r.rest) - beginning(r.rest, r.close)
	if n < len(r.rest) {
		return n // a line's end
	}
	last := bytes.LastIndexByte(r.rest, '\n') + 1
	indented := last < n && (r.rest[last] == ' ' || r.rest[last] == '\t')
	if indented && n-last < maxFrame && (last > 0 || !r.inLine) {
		return last
	}
	return n - beginning(r.rest, []byte(r.program.suffix))
}

// beginning is the length of the longest beginning of mark, short of all of it,
// that text ends with.
func beginning(text, mark []byte) int {
	for n := min(len(text), len(mark)-1); n > 0; n-- {
		if bytes.HasSuffix(text, mark[:n]) {
			return n
		}
	}
	return 0
}

// plain is [Program.Plain] for text that may go on with a line.
func (r *Printed) plain(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	var line string
	if r.inLine {
		end := bytes.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		line, text = strings.ReplaceAll(string(text[:end]), r.program.suffix, ""), text[end:]
		r.inLine = !strings.HasSuffix(line, "\n")
	}
	if len(text) > 0 {
		r.inLine = text[len(text)-1] != '\n'
	}
	return line + r.program.Plain(string(text))
}
