//go:build linux && (amd64 || arm64)

package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

const (
	// toolStageName in argv[0] makes a process the first stage of a tool.
	toolStageName = "manche-sandbox-tool"
	// toolFolder is where a tool works. No folder of a host is called that, so that
	// it hides none that is shown.
	toolFolder = "/manche-tool"
	// toolInodes bounds the files in a tool's folder: some tens are usual.
	toolInodes = 1024
)

// toolStage is this process on its way to become a tool.
type toolStage struct {
	stage
	tool  toolSpec
	shown []shown
}

// shown is a folder of the host: a detached mount, until it is put in its place.
type shown struct {
	path string
	tree int
}

// fdShown is the first of the folders that the parent has taken.
const fdShown = fdProgram + 1

// takeFolder returns a read-only view of a folder, which no path leads to yet.
func takeFolder(path string) (int, error) {
	const attributes = unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID | unix.MOUNT_ATTR_NODEV | unix.MOUNT_ATTR_NOEXEC
	tree, err := unix.OpenTree(unix.AT_FDCWD, path, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC)
	if err != nil {
		return -1, &os.PathError{Op: "take", Path: path, Err: err}
	}
	if err := unix.MountSetattr(tree, "", unix.AT_EMPTY_PATH, &unix.MountAttr{Attr_set: attributes}); err != nil {
		unix.Close(tree)
		return -1, &os.PathError{Op: "restrict", Path: path, Err: err}
	}
	return tree, nil
}

// runToolStage is runStage for a tool. After its walls are up it waits to be told
// what to do.
func runToolStage() {
	runtime.LockOSThread() // privileges and the filter belong to threads
	step, err := new(toolStage).run()
	report, _ := json.Marshal(stageFailure{step, err.Error()})
	_, _ = unix.Write(fdStatus, report) // without a reader there is nobody to tell
	os.Exit(stageExit)
}

// run returns the step that failed, and why.
func (s *toolStage) run() (string, error) {
	for _, step := range []struct {
		key string
		do  func() error
	}{
		{"parent-death", dieWithParent},
		{"spec", s.read},
		{"priority", s.giveWay},
		{"tree", s.buildTree},
		{"privileges", dropPrivileges},
		{"descriptors", func() error { return unix.CloseRange(fdReport, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC) }},
		{"ready", tellFolder},
		{"task", s.readTask},
		{"prepare", s.prepare},
		{"rlimits", s.limitResources},
		{"exec", s.execute},
	} {
		if err := step.do(); err != nil {
			return step.key, err
		}
	}
	return "exec", errors.New("the tool did not start")
}

func (s *toolStage) read() error {
	s.parent = json.NewDecoder(os.NewFile(fdSpec, "spec"))
	err := s.parent.Decode(&s.tool)
	s.Libraries = s.tool.Libraries
	return err
}

func (s *toolStage) giveWay() error {
	if !s.tool.Gentle {
		return nil
	}
	return unix.Setpriority(unix.PRIO_PROCESS, 0, lowestPriority)
}

// buildTree makes a tree of the folders that the tool reads and the one that it
// works in.
func (s *toolStage) buildTree() error {
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"making mounts private", func() error { return unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, "") }},
		{"taking what is shown", s.takeShown}, // which the root may come to hide
		{"mounting the root", mountRoot},
		{"showing folders", s.putShown},
		{"mounting the folder", s.mountFolder},
		{"showing /dev/null", bindNull},
		{"showing libraries", s.bindLibraries},
		{"leaving the host's tree", pivot},
		{"naming the host", func() error { return unix.Sethostname([]byte("sandbox")) }},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return unix.Chdir(toolFolder)
}

// takeShown takes what the parent has not: as root it can, and we as nobody could
// not always come there; as another user it cannot.
func (s *toolStage) takeShown() (err error) {
	for i, p := range s.tool.Read {
		v := shown{string(p), fdShown + i}
		if !s.tool.Taken {
			v.tree, err = takeFolder(v.path)
		}
		if err != nil {
			return err
		}
		s.shown = append(s.shown, v)
	}
	return nil
}

func (s *toolStage) putShown() error {
	for _, v := range s.shown {
		target := "." + v.path
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
		if err := unix.MoveMount(v.tree, "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
			return fmt.Errorf("%s: %w", v.path, err)
		}
	}
	return nil
}

func (s *toolStage) mountFolder() error {
	if err := os.Mkdir("."+toolFolder, 0o755); err != nil {
		return err
	}
	options := fmt.Sprintf("size=%d,nr_inodes=%d,mode=755", s.tool.Limits.Folder, toolInodes)
	return unix.Mount("tmpfs", "."+toolFolder, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, options)
}

// tellFolder tells the parent that the walls are up, and hands it the folder.
func tellFolder() error {
	folder, err := unix.Open(".", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(folder)
	return unix.Sendmsg(fdStatus, []byte{ready}, unix.UnixRights(folder), nil, 0)
}

// readTask learns what to do, and writes the files.
func (s *toolStage) readTask() error {
	var task toolTask
	if err := s.parent.Decode(&task); err != nil {
		return err
	}
	s.Args, s.Env = append([][]byte{s.tool.Name}, task.Args...), task.Env
	content := io.MultiReader(s.parent.Buffered(), os.NewFile(fdSpec, "spec"))
	if _, err := io.ReadFull(content, make([]byte, 1)); err != nil { // the end of the line
		return err
	}
	for _, f := range task.Files {
		out, err := os.Create(string(f.Name))
		if err != nil {
			return err
		}
		if _, err := io.CopyN(out, content, f.Size); err != nil {
			return fmt.Errorf("reading %s: %w", f.Name, err)
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes all that needs memory; the limits come after it.
func (s *toolStage) prepare() (err error) {
	if s.ticket, err = newTicket(s.Args, s.Env); err != nil {
		return fmt.Errorf("laying out the arguments: %w", err)
	}
	rules := toolFilter(uint64(s.ticket.argv), len(s.Libraries) > 0, s.tool.Forks)
	if s.filter, err = bpf.Assemble(rules); err != nil {
		return fmt.Errorf("assembling the filter: %w", err)
	}
	return nil
}

// limitResources sets what setrlimit(2) can bound.
func (s *toolStage) limitResources() error {
	l := s.tool.Limits
	return setLimits([]rlimit{
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_MEMLOCK, 0},
		{unix.RLIMIT_MSGQUEUE, 0},
		{unix.RLIMIT_SIGPENDING, pendingSignals},
		{unix.RLIMIT_NOFILE, uint64(l.Files)},
		{unix.RLIMIT_FSIZE, uint64(l.Folder)},
		{unix.RLIMIT_NPROC, uint64(l.Processes)},
		{unix.RLIMIT_CPU, uint64(l.CPU.Seconds())},
		{unix.RLIMIT_AS, uint64(l.AddressSpace)},
	})
}

type rlimit struct {
	resource int
	value    uint64
}

func setLimits(list []rlimit) error {
	for _, r := range list {
		if err := unix.Prlimit(0, r.resource, &unix.Rlimit{Cur: r.value, Max: r.value}, nil); err != nil {
			return fmt.Errorf("limit %d: %w", r.resource, err)
		}
	}
	return nil
}
