//go:build linux && (amd64 || arm64)

package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	// wardenName in argv[0] makes a process the warden of one gVisor sandbox.
	wardenName = "manche-sandbox-warden"
	// guestStage and guestProgram are where a guest finds this executable and the
	// program; guestBox is the folder that becomes the program's root.
	guestStage, guestProgram, guestBox = "/" + stageName, "/program", "/box"
	// wardenExit is the warden's exit code when runsc cannot be started.
	wardenExit = 125
)

// runWarden starts runsc and waits for it, as process 1 of a namespace that holds
// all processes of the sandbox: its end is theirs. Its arguments are runsc's path,
// the common flags of its commands as JSON, the bundle and the container's name.
func runWarden() {
	code, err := ward(os.Args[1], os.Args[2], os.Args[3], os.Args[4])
	if err != nil {
		fmt.Fprintln(os.Stderr, "the warden:", err) // goes into the output, which a failure cites
	}
	os.Exit(code)
}

func ward(runsc, flags, bundle, name string) (int, error) {
	if err := dieWithParent(); err != nil {
		return wardenExit, err
	}
	var common []string
	if err := json.Unmarshal([]byte(flags), &common); err != nil {
		return wardenExit, err
	}
	if err := mountProc(); err != nil {
		return wardenExit, err
	}
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGQUIT)
	c := exec.Command(runsc, append(common, "run", "--bundle", bundle, "--pass-fd", "3:3", "--pass-fd", "4:4", "--pass-fd", "5:5", name)...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	for fd := uintptr(fdReport); fd <= fdStatus; fd++ {
		c.ExtraFiles = append(c.ExtraFiles, os.NewFile(fd, "passed"))
	}
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := c.Start(); err != nil {
		return wardenExit, err
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = c.Wait() // its code says all
	}()
	for {
		select {
		case <-quit:
			// What comes of it is in the program's output, or nowhere.
			_ = exec.Command(runsc, append(common, "kill", name, "QUIT")...).Run()
		case <-ended:
			return c.ProcessState.ExitCode(), nil
		}
	}
}

// mountProc mounts a /proc in which runsc finds its processes by their numbers here.
func mountProc() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("mounting /proc: %w", err)
	}
	return nil
}

// enterGuestTree takes the program's descriptor and leaves the guest's own tree
// for the box, in which runsc has mounted all but what follows.
func (s *stage) enterGuestTree() error {
	var err error
	if s.program, err = unix.Open(guestProgram, unix.O_PATH|unix.O_CLOEXEC, 0); err != nil {
		return fmt.Errorf("opening the program: %w", err)
	}
	if err := unix.Chdir(s.Root); err != nil {
		return fmt.Errorf("entering the root: %w", err)
	}
	// Not runsc, which drops the bound on the number of files.
	if err := s.mountScratch(); err != nil {
		return fmt.Errorf("mounting /tmp: %w", err)
	}
	null := filepath.Join(s.Root, os.DevNull)
	if err := os.MkdirAll(filepath.Dir(null), 0o755); err != nil {
		return fmt.Errorf("showing %s: %w", os.DevNull, err)
	}
	if err := os.WriteFile(null, nil, 0o444); err != nil {
		return fmt.Errorf("showing %s: %w", os.DevNull, err)
	}
	if err := unix.Mount(os.DevNull, null, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("showing %s: %w", os.DevNull, err)
	}
	return s.enterRoot()
}

// leftToHost are the limits that are not set in a guest. Those on memory of the
// kernel it refuses; there that memory is the guest's own, within its bound. And
// its clock of processor time runs on while the host lets it wait.
func leftToHost(resource int) bool {
	return resource == unix.RLIMIT_MSGQUEUE || resource == unix.RLIMIT_SIGPENDING || resource == unix.RLIMIT_CPU
}
