//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	// stageName in argv[0] makes a process the sandbox's first stage.
	stageName = "manche-sandbox-stage"
	// insideID is the user and group that programs see themselves as: nobody.
	insideID = 65534
)

// Descriptors of the first stage. The program keeps the first four.
const (
	fdReport  = 3 + iota
	fdSpec    // what to do
	fdStatus  // ready, or what failed; closed by a successful exec
	fdProgram // the executable
	// fdListener is where a stage in nothing sends the descriptor of its listener.
	fdListener
)

// spec is what the first stage is told. Bytes, because arguments and
// environment need not be UTF-8.
type spec struct {
	Args, Env [][]byte
	Libraries []library // empty for a static program
	Limits    Limits
	Way       way
	Root      string // inRoot, inGuest: the prepared file tree
	User      int    // inRoot, inGuest: the user and group to become
}

// ready is the first byte on the status pipe: everything is set up, what
// follows is the program, or the failure of the very last step.
const ready = '+'

// stageFailure is what the first stage writes to the status pipe.
type stageFailure struct{ Step, Detail string }

// walls confines programs; groups is nil in tier B.
type walls struct {
	hostUser int
	groups   *cgroups
	waiting  *stages
}

func newWalls(c Config, groups *cgroups) *walls {
	w := &walls{hostUser: c.HostUser, groups: groups}
	w.waiting = &stages{begin: w.begin}
	return w
}

// enter makes a walled room for j, behind a stage that has waited for it if there
// is one.
func (w *walls) enter(j job, streams *streams) (*room, error) {
	libraries, err := librariesOf(j.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	s := specOf(j, inNamespaces)
	s.Libraries = libraries
	c := w.waiting.take()
	if c == nil {
		if c, err = w.begin(); err != nil {
			return nil, err
		}
	}
	if err := c.opens(j.Path); err != nil {
		return nil, errors.Join(err, c.abandon())
	}
	return c.room(s, streams), nil
}

// begin starts a stage.
func (w *walls) begin() (_ *crossing, err error) {
	c := new(crossing)
	defer c.abandonIf(&err)
	if err := c.open(w.attributes()); err != nil {
		return nil, err
	}
	if c.group, err = w.groups.group(); err != nil {
		return nil, err
	}
	_, err = c.start()
	return c, err
}

// attributes has the kernel make the namespaces. Programs belong to a host
// user that is not root, else RLIMIT_NPROC would not bind them.
func (w *walls) attributes() *syscall.SysProcAttr {
	uid, gid := os.Getuid(), os.Getgid()
	a := &syscall.SysProcAttr{
		Cloneflags: namespaceFlags,
		// No change of user or group follows, which would clear it (prctl(2)).
		Pdeathsig: syscall.SIGKILL,
		Setsid:    true,
		// To mount, and to give up what is in the bounding set.
		AmbientCaps: []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_SETPCAP},
	}
	if uid == 0 {
		uid, gid = w.hostUser, w.hostUser
		a.Credential = &syscall.Credential{Uid: insideID, Gid: insideID, NoSetGroups: true}
	}
	a.UidMappings = []syscall.SysProcIDMap{{ContainerID: insideID, HostID: uid, Size: 1}}
	a.GidMappings = []syscall.SysProcIDMap{{ContainerID: insideID, HostID: gid, Size: 1}}
	return a
}

// stageEnv is the environment of a stage, which lives for milliseconds: no
// garbage collection, one processor.
func stageEnv() []string { return []string{"GOMAXPROCS=1", "GOGC=off"} }

// specOf is what every way of confining a program has to tell.
func specOf(j job, w way) spec {
	return spec{Args: byteStrings(append([]string{j.name}, j.Args...)), Env: byteStrings(j.Env), Limits: j.Limits, Way: w}
}

func byteStrings(s []string) [][]byte {
	b := make([][]byte, len(s))
	for i := range s {
		b[i] = []byte(s[i])
	}
	return b
}

// files collects descriptors and the first error of opening them.
type files struct {
	all []*os.File
	err error
}

func (f *files) open(path string, flags int) *os.File {
	if f.err != nil {
		return nil
	}
	file, err := os.OpenFile(path, flags, 0)
	f.err = err
	f.all = append(f.all, file)
	return file
}

func (f *files) pipe() (r, w *os.File) {
	if f.err != nil {
		return nil, nil
	}
	r, w, f.err = os.Pipe()
	f.all = append(f.all, r, w)
	return r, w
}

// sockets makes a pair, in which descriptors can be passed.
func (f *files) sockets() (theirs, ours *os.File) {
	if f.err != nil {
		return nil, nil
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		f.err = os.NewSyscallError("socketpair", err)
		return nil, nil
	}
	theirs, ours = os.NewFile(uintptr(pair[0]), "theirs"), os.NewFile(uintptr(pair[1]), "ours")
	f.all = append(f.all, theirs, ours)
	return theirs, ours
}

// close closes what is still open.
func (f *files) close() {
	for _, file := range f.all {
		file.Close() // harmless on nil, and on what is closed
	}
}
