package build

import (
	"context"
	"os"
	"os/exec"
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
