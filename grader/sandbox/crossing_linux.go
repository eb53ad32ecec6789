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

// crossing is a first stage of this executable, and what connects us with it. The
// stage knows nothing of a program until it is told, and then gets descriptors
// along with the words: so it can have been started before.
type crossing struct {
	held    files
	cmd     *exec.Cmd
	group   *cgroup // nil where there is none
	child   *child  // nil until it is started
	specW   *os.File
	statusR *os.File
	program *os.File
}

// open makes the connections of a stage that is to be started with these
// attributes.
func (c *crossing) open(a *syscall.SysProcAttr) error {
	null := c.held.open(os.DevNull, unix.O_RDWR)
	specR, specW := c.held.sockets()
	statusR, statusW := c.held.pipe()
	if c.held.err != nil {
		return fmt.Errorf("connecting a first stage: %w", c.held.err)
	}
	c.specW, c.statusR = specW, statusR
	c.cmd = &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{stageName}, Env: stageEnv(), SysProcAttr: a,
		// Of the report and the program only the places are there yet.
		ExtraFiles: []*os.File{null, specR, statusW, null},
	}
	return nil
}

// opens opens the program that the stage is to become.
func (c *crossing) opens(path string) error {
	c.program = c.held.open(path, unix.O_PATH)
	if c.held.err != nil {
		return fmt.Errorf("preparing to run %s: %w", path, c.held.err)
	}
	return nil
}

// start starts the stage, unless it has been started.
func (c *crossing) start() (*child, error) {
	if c.child != nil {
		return c.child, nil
	}
	born, err := c.group.bear(c.cmd)
	if err == nil {
		c.child = born
	}
	for _, f := range c.cmd.ExtraFiles {
		f.Close()
	}
	return c.child, err
}

// listens reports whether the stage is there, waiting to be told what to do.
func (c *crossing) listens() bool {
	ends := []unix.PollFd{{Fd: int32(c.specW.Fd())}}
	n, err := unix.Poll(ends, 0)
	return n == 0 && err == nil // with nothing asked for, only its end is told
}

// abandon ends a stage that no program was given to, if it was started, and gives
// back what it has.
func (c *crossing) abandon() error {
	if c.child != nil {
		c.child.kill()
	}
	return c.release()
}

// abandonIf abandons it if there is an error, to which it adds its own.
func (c *crossing) abandonIf(err *error) {
	if *err != nil {
		*err = errors.Join(*err, c.abandon())
	}
}

func (c *crossing) release() error {
	c.held.close()
	return c.group.release()
}

// room is where the program of s runs.
func (c *crossing) room(s spec, streams *streams) *room {
	var m *odometer
	return &room{
		walled: true,
		start:  c.start,
		admit: func() error {
			if err := c.group.bound(s.Limits); err != nil {
				return err
			}
			return c.admit(s, append(streams.theirs(), c.program))
		},
		sample: func(pid int) meter { m = newOdometer(pid, c.group == nil); return m },
		memory: func() (int64, bool) {
			if c.group == nil {
				return m.peakMemory(), false
			}
			return c.group.memory()
		},
		close: c.release,
	}
}

// admit tells the first stage what to do and returns when the program runs.
func (c *crossing) admit(s spec, passed []*os.File) error {
	sent := c.tell(s, passed)
	status, err := io.ReadAll(c.statusR)
	if err := errors.Join(sent, err); err != nil && len(status) == 0 {
		return &SetupError{"spec", err}
	}
	if len(status) == 0 {
		return &SetupError{"stage", errors.New("the first stage died")}
	}
	return failureIn(status)
}

// tell sends the specification, and the descriptors with its first bytes.
func (c *crossing) tell(s spec, passed []*os.File) error {
	said, err := json.Marshal(s)
	if err != nil {
		return err
	}
	var fds []int
	for _, f := range passed {
		fds = append(fds, int(f.Fd()))
	}
	n, err := unix.SendmsgN(int(c.specW.Fd()), said, unix.UnixRights(fds...), nil, unix.MSG_NOSIGNAL)
	if err == nil && n < len(said) {
		_, err = c.specW.Write(said[n:])
	}
	return errors.Join(err, c.specW.Close())
}

// hear is what the stage does meanwhile: it puts what it gets in its place. A
// parent that has died says nothing.
func (s *stage) hear() error {
	first, oob := make([]byte, 16<<10), make([]byte, unix.CmsgSpace(4*4))
	n, oobn, _, _, err := unix.Recvmsg(fdSpec, first, oob, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return err
	}
	if err := json.NewDecoder(io.MultiReader(bytes.NewReader(first[:n]), os.NewFile(fdSpec, "spec"))).Decode(&s.spec); err != nil {
		return err
	}
	messages, err := unix.ParseSocketControlMessage(oob[:oobn])
	if err != nil || len(messages) != 1 {
		return errors.Join(err, errNotPassed)
	}
	got, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(got) != 4 {
		return errors.Join(err, errNotPassed)
	}
	for i, places := range [][]int{{0}, {1, 2}, {fdReport}, {fdProgram}} {
		for _, place := range places {
			if err := unix.Dup3(got[i], place, 0); err != nil {
				return err
			}
		}
		unix.Close(got[i])
	}
	return nil
}

// errNotPassed says that a stage did not get the descriptors of its program.
var errNotPassed = errors.New("descriptors are missing")

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
