package sandbox

import (
	"os/exec"
	"runtime"
)

// child is a process of ours. Where the kernel can, it kills the process when the
// thread ends that has started it: the goroutine that starts it keeps its thread
// until the process has ended, and waits for it.
type child struct {
	cmd    *exec.Cmd
	ended  chan struct{} // closed when the process has been waited for
	waited error         // what [exec.Cmd.Wait] returned; after ended
}

// unborn is a child that nobody has started.
func unborn() *child { return &child{ended: make(chan struct{})} }

// bear returns a child that start has started as cmd, or start's error.
func bear(cmd *exec.Cmd, start func() error) (*child, error) {
	c := unborn()
	return c, c.bear(cmd, start)
}

func (c *child) bear(cmd *exec.Cmd, start func() error) error {
	c.cmd = cmd
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := start()
		started <- err
		if err == nil {
			c.waited = cmd.Wait()
			close(c.ended)
		}
	}()
	if err := <-started; err != nil {
		return &SetupError{"start", err}
	}
	return nil
}

// kill ends the child and waits for that.
func (c *child) kill() {
	_ = c.cmd.Process.Kill() // fails where it is gone
	<-c.ended
}
