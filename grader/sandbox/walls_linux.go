//go:build linux && (amd64 || arm64)

package sandbox

import (
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
)

// spec is what the first stage is told. Bytes, because arguments and
// environment need not be UTF-8.
type spec struct {
	Args, Env [][]byte
	Libraries []library // empty for a static program
	Limits    Limits
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
	var held files
	defer func() {
		if err != nil {
			held.close()
		}
	}()
	program := held.open(j.Path, unix.O_PATH)
	specR, specW := held.pipe()
	statusR, statusW := held.pipe()
	if held.err != nil {
		return nil, fmt.Errorf("preparing to run %s: %w", j.Path, held.err)
	}
	libraries, err := librariesOf(j.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", j.Path, err)
	}
	group, err := w.groups.group(j.Limits)
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{
		Path: "/proc/self/exe",
		Args: []string{stageName},
		// The stage lives for milliseconds: no garbage collection, one processor.
		Env:         []string{"GOMAXPROCS=1", "GOGC=off"},
		ExtraFiles:  []*os.File{report, specR, statusW, program},
		SysProcAttr: w.attributes(),
	}
	s := spec{byteStrings(append([]string{j.name}, j.Args...)), byteStrings(j.Env), libraries, j.Limits}
	return w.room(cmd, group, s, &held, specW, statusR), nil
}

func (w *walls) room(cmd *exec.Cmd, group *cgroup, s spec, held *files, specW, statusR *os.File) *room {
	var meter *odometer
	return &room{
		cmd:    cmd,
		walled: true,
		start:  func() error { return group.start(cmd) },
		admit: func() error {
			for _, f := range cmd.ExtraFiles[1:] {
				f.Close()
			}
			if err := group.bound(s.Limits); err != nil {
				return err
			}
			return admit(s, specW, statusR)
		},
		sample: func(pid int) *odometer { meter = newOdometer(pid, group == nil); return meter },
		memory: func() (int64, bool) {
			if group == nil {
				return meter.peakMemory(), false
			}
			return group.memory()
		},
		close: func() error { held.close(); return group.release() },
	}
}

// admit tells the first stage what to do and returns when the program runs.
func admit(s spec, specW, statusR *os.File) error {
	sent := errors.Join(json.NewEncoder(specW).Encode(s), specW.Close())
	status, err := io.ReadAll(statusR)
	if err := errors.Join(sent, err); err != nil && len(status) == 0 {
		return &SetupError{"spec", err}
	}
	if len(status) == 1 && status[0] == ready {
		return nil
	}
	var f stageFailure
	if len(status) == 0 {
		return &SetupError{"stage", errors.New("the first stage died")}
	}
	if status[0] == ready {
		status = status[1:]
	}
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
