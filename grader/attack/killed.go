package attack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"manche/grader"
	"manche/grader/sandbox"
)

// Server is another process of this program, with a sandbox and a grader of its
// own, in which a submission runs that never ends.
type Server interface {
	Pid() int
	// End sends a signal that ends it, and returns when it has ended.
	End(os.Signal) error
}

// endings are the ways in which a server ends in the middle of its work. One that
// is told to end clears up; what one leaves that is killed, the next one clears.
var endings = []struct {
	name    string
	signal  os.Signal
	cleared bool // by the server itself
}{
	{"server killed", syscall.SIGKILL, false},
	{"server told to end", syscall.SIGTERM, true},
}

// killed lists what is tried with servers of their own.
func (t Trial) killed() []try {
	var all []try
	for _, e := range endings {
		all = append(all, try{AFault, func(ctx context.Context) (Outcome, error) {
			o, err := t.end(ctx, e.signal, e.cleared, endPatience)
			o.Name = e.name
			return o, err
		}})
	}
	return all
}

// endPatience is how long what a killed server has started may take to end: the
// kernel kills a program with it, a linker sees the end of its input; the go command
// finishes a package first, which takes a while on a busy machine.
const endPatience = 2 * time.Minute

const nothingLeft = "nothing left"

// end starts a server, ends it, and looks for what is left of it: processes at
// once, cgroups and folders once another one has started.
func (t Trial) end(ctx context.Context, signal os.Signal, cleared bool, patience time.Duration) (_ Outcome, err error) {
	data, err := os.MkdirTemp("", "server-")
	if err != nil {
		return Outcome{}, fmt.Errorf("making a folder for a server: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	before := ours()
	s, err := t.Serve(ctx, data)
	if err != nil {
		return Outcome{}, err
	}
	o := Outcome{Expected: nothingLeft}
	if len(descendants(strconv.Itoa(s.Pid()), parents())) == 0 {
		o.Faults = append(o.Faults, "no program was running")
	}
	if err := s.End(signal); err != nil {
		return Outcome{}, fmt.Errorf("ending a server: %w", err)
	}
	for _, pid := range awaitEnd(before, patience) {
		o.Faults = append(o.Faults, "process "+pid)
	}
	if !cleared {
		if err := t.start(ctx); err != nil {
			return Outcome{}, err
		}
	}
	o.Faults = append(o.Faults, t.leftBy(s.Pid())...)
	o.Got = nothingLeft
	if !o.Held() {
		o.Got = "left " + strings.Join(o.Faults, ", ")
	}
	return o, nil
}

// ours are the processes that we have started.
func ours() []string { return descendants(strconv.Itoa(os.Getpid()), parents()) }

// start opens all that a server does, and closes it.
func (t Trial) start(ctx context.Context) (err error) {
	box, err := sandbox.Open(ctx, t.Sandbox)
	if err != nil {
		return fmt.Errorf("opening the sandbox: %w", err)
	}
	defer func() { err = errors.Join(err, box.Close()) }()
	g, err := grader.New(ctx, grader.Config{Catalog: t.Catalog, Toolchain: t.Toolchain, Sandbox: box, Cache: t.Cache}, nil)
	if err != nil {
		return err
	}
	return g.Close()
}

// leftBy lists the cgroups and the folders that carry a process's number.
func (t Trial) leftBy(pid int) []string {
	var left []string
	for _, dir := range cgroupsOf(pid) {
		left = append(left, "cgroup "+dir)
	}
	for _, pattern := range []string{
		filepath.Join(t.Cache, "work", strconv.Itoa(pid)+"-*"), filepath.Join(t.Cache, "preparing-"+strconv.Itoa(pid)+"-*"),
	} {
		for _, name := range filesOf([]string{pattern}) {
			left = append(left, "file "+name)
		}
	}
	slices.Sort(left)
	return left
}
