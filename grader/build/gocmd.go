package build

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// interruptTime is how long the go command may take to end when it is told to.
const interruptTime = 3 * time.Second

// goCommand returns a run of the go command that is told to end when ctx ends and,
// on Linux, when this process is gone, however that came: it finishes what it is
// compiling, and removes its own folders if it still can.
//
// Linux takes the end of the thread that has started it for our end, so that whoever
// runs it keeps the thread, by runtime.LockOSThread, until it has ended.
func (t Toolchain) goCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, t.gocmd, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir, cmd.WaitDelay = dir, interruptTime
	endWithUs(cmd)
	return cmd
}

// preparing is command, with the go command's own folders beside src: they are
// removed with it, whatever ends this process.
func (c Config) preparing(ctx context.Context, src string, args ...string) *exec.Cmd {
	cmd := c.command(ctx, src, args...)
	cmd.Env = append(cmd.Env, "GOTMPDIR="+filepath.Dir(src))
	return cmd
}

// command runs the go command in the module to prepare, whatever the user's own
// settings are. Only the race detector needs C; without it no C compiler is asked
// for, nor missed.
func (c Config) command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := c.Toolchain.goCommand(ctx, dir, args...)
	cgo := "CGO_ENABLED=0"
	if c.Race {
		cgo = "CGO_ENABLED=1"
	}
	cmd.Env = append(os.Environ(), cgo, "GOEXPERIMENT="+experiment, "GOFLAGS=-mod=readonly", "GOWORK=off", "GOTOOLCHAIN=local")
	return cmd
}
