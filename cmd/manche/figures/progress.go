package figures

import (
	"fmt"
	"io"
	"time"

	"manche/content"
)

// How often progress is told: on a terminal on one line that changes, elsewhere
// on lines that somebody has to read.
const (
	terminalEvery = 200 * time.Millisecond
	lineEvery     = time.Minute
)

// Progress tells how far a series is. It is not safe for concurrent use.
type Progress struct {
	out      io.Writer
	terminal bool
	voice    content.Voice
	key      string
	total    int
	done     int
	begun    time.Time
	told     time.Time
}

// NewProgress begins to count up to total, and tells it by the sentence of key,
// which may name {done}, {total}, {percent} and {took}.
func NewProgress(out io.Writer, terminal bool, voice content.Voice, key string, total int) *Progress {
	now := time.Now()
	return &Progress{out: out, terminal: terminal, voice: voice, key: key, total: total, begun: now, told: now}
}

// Step counts one more, and tells it if the last time was long enough ago.
func (p *Progress) Step() {
	p.done++
	now, every, form := time.Now(), lineEvery, "%s\n"
	if p.terminal {
		every, form = terminalEvery, "\r%s\x1b[K" // and erase the rest of the line (ECMA-48)
	}
	if now.Sub(p.told) < every {
		return
	}
	p.told = now
	fmt.Fprintf(p.out, form, p.voice.Say(p.key, "done", p.done, "total", p.total,
		"percent", 100*p.done/p.total, "took", now.Sub(p.begun).Round(time.Second)))
}

// End leaves the line of a terminal.
func (p *Progress) End() {
	if p.terminal && p.told != p.begun {
		io.WriteString(p.out, "\n")
	}
}
