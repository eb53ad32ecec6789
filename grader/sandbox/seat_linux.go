//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// seat is a thread of ours that sits in a cgroup of its own, for version 1,
// where a process cannot be born into a chosen group: what the thread starts is
// born into the thread's. Moving the process instead would, on every run, keep
// the whole machine from making threads for as long as RCU takes, some
// milliseconds.
//
// The thread itself is safe: a group's memory limit looks at and kills whole
// processes, and ours belongs elsewhere. But it also kills who shares memory
// with its victim, as a child of ours does until it has executed the first
// stage; so the limit must not be set before that.
type seat struct {
	dir   string
	taken chan struct{} // closed when the thread is there
	work  chan func() error
	done  chan error // what became of the work, one for one
}

// maxResidue is the memory, in bytes, that a program may leave in a group which
// another will use. Some 1 MB is usual, 3 MB where files were made; page tables
// by the hundred MB are freed a while after their program's end.
const maxResidue = 8 << 20

// takeSeat makes a group in dir and seats a new thread there.
func takeSeat(dir string) (*seat, error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	s := &seat{dir: dir, taken: make(chan struct{}), work: make(chan func() error), done: make(chan error)}
	go s.sit()
	if err := s.do(func() error { return writeControl(dir, "tasks", strconv.Itoa(unix.Gettid())) }); err != nil {
		return nil, errors.Join(err, s.leave())
	}
	return s, nil
}

// sit is the seat's goroutine. It must not sit in the process' first thread,
// whose group is that of the whole process' memory.
func (s *seat) sit() {
	runtime.LockOSThread()
	if unix.Gettid() == unix.Getpid() {
		go s.sit() // elsewhere, since this thread is ours for the moment
		<-s.taken
		runtime.UnlockOSThread()
		return
	}
	close(s.taken)
	defer close(s.done) // and never unlocked: the thread ends with this function
	for f := range s.work {
		s.done <- f()
	}
}

// do calls f in the seat's thread.
func (s *seat) do(f func() error) error {
	s.work <- f
	return <-s.done
}

// leave ends the thread and removes the group.
func (s *seat) leave() error {
	close(s.work)
	<-s.done
	return removeGroup(s.dir)
}

// bound sets the memory limit, in bytes, and forgets the peak so far.
func (s *seat) bound(memory int64) error {
	limit := strconv.FormatInt(memory, 10)
	return s.set([]setting{
		{"memory.limit_in_bytes", limit, false}, {"memory.memsw.limit_in_bytes", limit, true},
		{"memory.max_usage_in_bytes", "0", false},
	})
}

// unbound lifts the memory limit.
func (s *seat) unbound() error {
	return s.set([]setting{{"memory.memsw.limit_in_bytes", "-1", true}, {"memory.limit_in_bytes", "-1", false}})
}

// residue returns how many bytes the ended program still weighs in the group.
func (s *seat) residue() int64 {
	n, _ := strconv.ParseInt(readControl(s.dir, "memory.usage_in_bytes"), 10, 64)
	return n
}

func (s *seat) set(settings []setting) error {
	if err := apply(s.dir, settings); err != nil {
		return fmt.Errorf("limiting a cgroup: %w", err)
	}
	return nil
}
