//go:build linux && (amd64 || arm64)

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// toolSpec is what the first stage of a tool is told when it starts.
type toolSpec struct {
	Name          []byte   // for argv[0]
	Read          [][]byte // clean paths
	Taken         bool     // and as many descriptors, from fdShown
	Libraries     []library
	Forks, Gentle bool
	Limits        ToolLimits
}

// toolTask is what it is told later; the contents of the files follow.
type toolTask struct {
	Args, Env [][]byte
	Files     []toolFile
}

// toolFile is a file that is to stand in the tool's folder.
type toolFile struct {
	Name []byte
	Size int64
}

// walledCell is the part of a cell that has to do with walls.
type walledCell struct {
	*Cell
	held   files
	spec   *os.File // to the stage
	status int      // a socket: ready, with the folder; ready again when it executes; or what failed
	folder int      // the tool's folder; -1 while it is not known
}

func (c Config) cellWithWalls(t Tool) (*Cell, error) { return (&walls{hostUser: c.HostUser}).cell(t) }

// cell makes a cell with walls.
func (w *walls) cell(t Tool) (_ *Cell, err error) {
	c := &walledCell{Cell: newCell(t), status: -1, folder: -1}
	c.Cell.folder, c.await, c.perform, c.keep = toolFolder, c.awaitWalls, c.performWalled, c.keepWalled
	c.fault, c.leave = c.failure, c.drop
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	program := c.held.open(t.Path, unix.O_PATH)
	specR, specW := c.held.pipe()
	if c.held.err != nil {
		return nil, fmt.Errorf("preparing to run %s: %w", t.Path, c.held.err)
	}
	libraries, err := librariesOf(t.Path)
	if err != nil {
		return nil, fmt.Errorf("finding the libraries of %s: %w", t.Path, err)
	}
	status, err := c.openStatus()
	if err != nil {
		return nil, fmt.Errorf("making a socket for the first stage: %w", err)
	}
	read, taken, err := c.take(t.Read)
	if err != nil {
		return nil, fmt.Errorf("taking what the tool reads: %w", err)
	}
	cmd := &exec.Cmd{
		Path: "/proc/self/exe", Args: []string{toolStageName}, Env: stageEnv(),
		ExtraFiles: append([]*os.File{nil, specR, status, program}, taken...), SysProcAttr: w.attributes(),
	}
	if err := c.connect(cmd); err != nil {
		return nil, fmt.Errorf("making the tool's pipes: %w", err)
	}
	c.theirs, c.spec = slices.Concat(c.theirs, []*os.File{specR, status, program}, taken), specW
	if err := c.launch(); err != nil {
		return nil, err
	}
	s := toolSpec{[]byte(filepath.Base(t.Path)), read, len(taken) > 0, libraries, t.Forks, t.Gentle, t.Limits}
	_ = json.NewEncoder(specW).Encode(s) // room for it is in the pipe; who does not read it says why
	return c.Cell, nil
}

// take returns the paths of folders, and the folders where only we can take them.
func (c *walledCell) take(folders []string) (paths [][]byte, taken []*os.File, err error) {
	for _, folder := range folders {
		path := filepath.Clean(folder)
		paths = append(paths, []byte(path))
		if os.Getuid() != 0 {
			continue
		}
		tree, err := takeFolder(path)
		if err != nil {
			return nil, nil, err
		}
		file := os.NewFile(uintptr(tree), path)
		taken, c.held.all = append(taken, file), append(c.held.all, file)
	}
	return paths, taken, nil
}

// openStatus makes the socket, and returns the stage's end of it.
func (c *walledCell) openStatus() (*os.File, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	c.status = pair[0]
	theirs := os.NewFile(uintptr(pair[1]), "status")
	c.held.all = append(c.held.all, theirs)
	patience := unix.NsecToTimeval(setupLimit.Nanoseconds())
	return theirs, unix.SetsockoptTimeval(c.status, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &patience)
}

// awaitWalls returns when the stage has told that it is ready.
func (c *walledCell) awaitWalls() error {
	if c.folder >= 0 {
		return nil
	}
	said, err := c.receive()
	if err != nil {
		return &SetupError{"status", err}
	}
	if c.folder < 0 {
		return stageError(said)
	}
	return nil
}

// performWalled tells the stage what to do.
func (c *walledCell) performWalled(t Task) error {
	if err := c.awaitWalls(); err != nil {
		return err
	}
	if err := errors.Join(c.spec.SetWriteDeadline(time.Now().Add(setupLimit)), sendTask(c.spec, t), c.spec.Close()); err != nil {
		return &SetupError{"spec", err}
	}
	return nil
}

func sendTask(w io.Writer, t Task) error {
	task := toolTask{Args: byteStrings(t.Args), Env: byteStrings(t.Env)}
	names := slices.Sorted(maps.Keys(t.Files))
	for _, name := range names {
		task.Files = append(task.Files, toolFile{[]byte(name), int64(len(t.Files[name]))})
	}
	err := json.NewEncoder(w).Encode(task)
	for _, name := range names {
		if err == nil {
			_, err = w.Write(t.Files[name])
		}
	}
	return err
}

// receive returns the next that the stage says; nothing once it is gone. The first
// time the tool's folder may come along.
func (c *walledCell) receive() ([]byte, error) {
	var said [4096]byte
	oob := make([]byte, unix.CmsgSpace(4))
	for {
		n, oobn, _, _, err := unix.Recvmsg(c.status, said[:], oob, unix.MSG_CMSG_CLOEXEC)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, err
		}
		messages, err := unix.ParseSocketControlMessage(oob[:oobn])
		if err == nil && len(messages) == 1 && c.folder < 0 {
			if fds, err := unix.ParseUnixRights(&messages[0]); err == nil && len(fds) == 1 {
				c.folder = fds[0]
			}
		}
		return said[:n], err
	}
}

// failure returns, after the end, why the tool never began, if it did not.
func (c *walledCell) failure() error {
	said, err := c.receive()
	if err == nil && len(said) == 1 && said[0] == ready {
		if said, err = c.receive(); err == nil && len(said) == 0 {
			return nil
		}
	}
	if err != nil {
		return &SetupError{"status", err}
	}
	return stageError(said)
}

// stageError is what the first stage said when it failed.
func stageError(said []byte) error {
	var f stageFailure
	if len(said) == 0 {
		return &SetupError{"stage", errors.New("the first stage died")}
	}
	if err := json.Unmarshal(said, &f); err != nil {
		return &SetupError{"status", err}
	}
	return &SetupError{f.Step, errors.New(f.Detail)}
}

// drop closes what the cell holds; its process has ended.
func (c *walledCell) drop() {
	c.held.close()
	for _, fd := range []*int{&c.status, &c.folder} {
		if *fd >= 0 {
			unix.Close(*fd)
			*fd = -1
		}
	}
}
