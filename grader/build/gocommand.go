package build

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// goList runs go list over everything that is to be prepared and returns its
// non-empty lines.
func (c Config) goList(ctx context.Context, src string, args ...string) ([]string, error) {
	args = append(append([]string{"list", "-deps"}, c.flags()...), args...)
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := c.preparing(ctx, src, append(args, c.packages()...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, failure(ctx, err, said.Bytes())
	}
	return strings.Fields(string(out)), nil
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

func (c Config) flags() []string {
	if c.Race {
		return []string{"-race", "-trimpath"}
	}
	return []string{"-trimpath"}
}

func (c Config) packages() []string {
	all := slices.Concat(slices.Sorted(maps.Keys(c.Own)), importable)
	if c.Race {
		all = append(all, raceRuntime...)
	}
	return all
}

// tail is the end of what a tool said, where the reason stands.
func tail(said []byte) string {
	const enough = 2 << 10
	return string(bytes.TrimSpace(said[max(0, len(said)-enough):]))
}
