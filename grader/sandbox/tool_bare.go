package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// bareCell makes a cell without walls: the tool starts in the host's folder when
// it is known.
func bareCell(t Tool) (*Cell, error) {
	c := newCell(t)
	c.await = func() error { return nil }
	c.perform = c.performBare
	c.keep = keepBare
	c.fault = func() error { return nil }
	return c, nil
}

func (c *Cell) performBare(t Task) error {
	for name, content := range t.Files {
		if err := os.WriteFile(filepath.Join(t.Dir, name), content, 0o644); err != nil {
			return fmt.Errorf("writing what the tool reads: %w", err)
		}
	}
	cmd := exec.Command(c.tool.Path, t.Args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = t.Dir, t.Env, bareAttr()
	if cmd.Env == nil {
		cmd.Env = []string{} // nil would mean ours
	}
	if err := c.connect(cmd); err != nil {
		return fmt.Errorf("making the tool's pipes: %w", err)
	}
	if err := c.launch(); err != nil {
		return err
	}
	limitAddressSpace(c.cmd.Process.Pid, c.tool.Limits.AddressSpace)
	if c.tool.Gentle {
		giveWay(c.cmd.Process.Pid)
	}
	return nil
}

// keepBare has nothing to do but to look: the tool worked in the host's folder.
func keepBare(dir, name string) error {
	info, err := os.Lstat(filepath.Join(dir, name))
	if err == nil && !info.Mode().IsRegular() {
		err = errNotFile
	}
	return err
}

// errNotFile says that a tool has made something else than a file.
var errNotFile = errors.New("not an ordinary file")
