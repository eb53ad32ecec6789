//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
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
}

// enter makes a walled room for j.
func (w *walls) enter(j job, report *os.File) (_ *room, err error) {
	c := new(crossing)
	defer c.closeIf(&err)
	if err := c.open(j, report); err != nil {
		return nil, err
	}
	libraries, err := librariesOf(j.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	group, err := w.groups.group(j.Limits)
	if err != nil {
		return nil, err
	}
	c.cmd.SysProcAttr = w.attributes()
	s := specOf(j, inNamespaces)
	s.Libraries = libraries
	return c.room(s, group), nil
}

// crossing is a first stage of this executable, not started yet, and what connects
// us with it.
type crossing struct {
	held    files
	cmd     *exec.Cmd
	specW   *os.File
	statusR *os.File
}

// open makes the connections; the attributes of the command are left to be set.
func (c *crossing) open(j job, report *os.File) error {
	program := c.held.open(j.Path, unix.O_PATH)
	specR, specW := c.held.pipe()
	statusR, statusW := c.held.pipe()
	if c.held.err != nil {
		return fmt.Errorf("preparing to run %s: %w", j.Path, c.held.err)
	}
	c.specW, c.statusR = specW, statusR
	c.cmd = &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{stageName}, Env: stageEnv(),
		ExtraFiles: []*os.File{report, specR, statusW, program},
	}
	return nil
}

// closeIf closes what is open if there is an error.
func (c *crossing) closeIf(err *error) {
	if *err != nil {
		c.held.close()
	}
}

// room is where the program of s runs; group may be nil.
func (c *crossing) room(s spec, group *cgroup) *room {
	var m *odometer
	return &room{
		cmd:    c.cmd,
		walled: true,
		start:  func() error { return group.start(c.cmd) },
		admit: func() error {
			for _, f := range c.cmd.ExtraFiles[1:] {
				f.Close()
			}
			if err := group.bound(s.Limits); err != nil {
				return err
			}
			return admit(s, c.specW, c.statusR)
		},
		sample: func(pid int) meter { m = newOdometer(pid, group == nil); return m },
		memory: func() (int64, bool) {
			if group == nil {
				return m.peakMemory(), false
			}
			return group.memory()
		},
		close: func() error { c.held.close(); return group.release() },
	}
}

// admit tells the first stage what to do and returns when the program runs.
func admit(s spec, specW, statusR *os.File) error {
	sent := tell(s, specW)
	status, err := io.ReadAll(statusR)
	if err := errors.Join(sent, err); err != nil && len(status) == 0 {
		return &SetupError{"spec", err}
	}
	if len(status) == 0 {
		return &SetupError{"stage", errors.New("the first stage died")}
	}
	return failureIn(status)
}

// tell writes the specification.
func tell(s spec, specW *os.File) error {
	return errors.Join(json.NewEncoder(specW).Encode(s), specW.Close())
}

// failureIn returns what the first stage has said to have failed, if anything.
func failureIn(status []byte) error {
	status = bytes.TrimPrefix(status, []byte{ready})
	if len(status) == 0 {
		return nil
	}
	var f stageFailure
	if err := json.Unmarshal(status, &f); err != nil {
		return &SetupError{"status", err}
	}
	return &SetupError{f.Step, errors.New(f.Detail)}
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

// close closes what is still open.
func (f *files) close() {
	for _, file := range f.all {
		file.Close() // harmless on nil, and on what is closed
	}
}
