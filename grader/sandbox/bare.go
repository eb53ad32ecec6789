package sandbox

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"

	"manche/grader/internal/leftover"
)

// bareFolder begins the names of the folders of runs without walls.
const bareFolder = "manche-run-"

// openBare returns the sandbox that is none.
func openBare() *Backend {
	_ = leftover.Clear("", bareFolder) // what cannot be looked for is in nobody's way
	return &Backend{tier: TierNone, lacks: append([]string{LackNamespaces, LackSeccomp}, bareLacks()...), confine: confineBare, cell: bareCell}
}

// confineBare makes a room without walls: a folder of its own to start in, and
// a process group to be killed together.
func confineBare(j job, s *streams) (*room, error) {
	dir, err := leftover.Make("", bareFolder)
	if err != nil {
		return nil, fmt.Errorf("making a folder to run in: %w", err)
	}
	cmd := exec.Command(j.Path, j.Args...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr = cmp.Or(j.Dir, dir), j.Env, bareAttr()
	if cmd.Env == nil {
		cmd.Env = []string{} // nil would mean ours
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.stdin, s.output.write, s.output.write
	attachBare(cmd, s.report.write)
	var m *odometer
	return &room{
		start:  func() (*child, error) { return bear(cmd, cmd.Start) },
		admit:  func() error { return nil },
		sample: func(pid int) meter { m = newOdometer(pid, true); return m },
		memory: func() (int64, bool) { return m.peakMemory(), false },
		close:  func() error { return os.RemoveAll(dir) },
	}, nil
}
