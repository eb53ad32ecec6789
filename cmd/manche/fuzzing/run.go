package fuzzing

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// Config says how targets are run.
type Config struct {
	For      time.Duration // each, whole seconds
	AtATime  int           // how many, 1 at least; each on one processor
	Commit   string        // that they are of
	Finished func(Outcome) // told each outcome as it comes, one after the other; may be nil
}

// Outcome is what came of one target.
type Outcome struct {
	Target
	Commit  string `json:"commit"`
	Seconds int    `json:"seconds"` // for which it ran
	Inputs  int    `json:"inputs"`  // that were tried
	New     int    `json:"new"`     // of them, those that reached code that none had
	Kept    int    `json:"kept"`    // inputs that others are made from, seeds included
	// Crash is the file of the input that failed, from the folder of the package:
	// the go command has put it there, so that go test tries it from now on.
	Crash string `json:"crash,omitempty"`
	Held  bool   `json:"held"` // it ran for all of the time, and nothing failed
	// Output ends what the go command said, where the target was not held.
	Output string `json:"output,omitempty"`
}

// Run runs each target once and returns what came of it, in the order of the
// targets. Every process that it starts has ended when it returns. An error is
// that of ctx: a target that does not build is one that was not held.
func Run(ctx context.Context, targets []Target, c Config) ([]Outcome, error) {
	outcomes := make([]Outcome, len(targets))
	var group sync.WaitGroup
	var mu sync.Mutex
	places := make(chan struct{}, c.AtATime)
	for i, target := range targets {
		places <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		group.Go(func() {
			defer func() { <-places }()
			outcomes[i] = fuzz(ctx, target, c.For)
			outcomes[i].Commit = c.Commit
			mu.Lock()
			defer mu.Unlock()
			if c.Finished != nil && ctx.Err() == nil {
				c.Finished(outcomes[i])
			}
		})
	}
	group.Wait()
	return outcomes, ctx.Err()
}

// patience is how long the go command may take to end after it was told to, before
// it is killed.
const patience = 10 * time.Second

// fuzz runs one target. The coordinator is told to use one worker, so that a
// target is one processor's work.
func fuzz(ctx context.Context, t Target, length time.Duration) Outcome {
	cmd := exec.CommandContext(ctx, "go", "test", "-run=^$", "-fuzz=^"+t.Name+"$",
		"-fuzztime="+length.String(), "-parallel=1", "-timeout=0", t.Package)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = patience
	out, err := cmd.CombinedOutput()
	return read(t, length, out, err)
}

var (
	// progressed is a line like
	// "fuzz: elapsed: 1m3s, execs: 325017 (108336/sec), new interesting: 11 (total: 202)".
	progressed = regexp.MustCompile(`(?m)^fuzz: elapsed: (\S+), execs: (\d+) \(\d+/sec\)(?:, new interesting: (\d+) \(total: (\d+)\))?$`)
	// written names the file of an input that failed.
	written = regexp.MustCompile(`(?m)^\s*(?:Failing input written to|failure while testing seed corpus entry:) (\S+)$`)
	// late is all that a target says which the end of the time has met between two
	// inputs: package testing takes its own deadline for a failure now and then.
	late = regexp.MustCompile(`(?m)^--- FAIL: \S+ \(\S+\)\n    context deadline exceeded\nFAIL$`)
)

// outputKept is how much of the output of a target that was not held is kept, in
// bytes.
const outputKept = 4 << 10

// read makes an outcome of what the go command printed, and how it ended.
func read(t Target, length time.Duration, out []byte, err error) Outcome {
	o := Outcome{Target: t}
	if all := progressed.FindAllSubmatch(out, -1); len(all) > 0 {
		last := all[len(all)-1]
		took, _ := time.ParseDuration(string(last[1])) // 0 is not held
		o.Seconds = int(took.Seconds())
		o.Inputs, o.New, o.Kept = number(last[2]), number(last[3]), number(last[4])
	}
	if m := written.FindSubmatch(out); m != nil {
		o.Crash = string(m[1])
	}
	ended := err == nil || o.Crash == "" && late.Match(out)
	o.Held = ended && o.Inputs > 0 && o.Seconds >= int(length.Seconds())
	if !o.Held {
		out = bytes.TrimSpace(out)
		o.Output = string(out[max(0, len(out)-outputKept):])
		if err != nil {
			o.Output += fmt.Sprintf("\n%v", err)
		}
	}
	return o
}

// number reads digits; none are 0.
func number(digits []byte) int {
	n, _ := strconv.Atoi(string(digits))
	return n
}
