package build

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
)

// BuildPrograms links main packages of a module in dir that needs no other module,
// static ones or, with race, race-enabled ones, whatever the user's own settings
// are. out is an executable, or a folder if it ends in a slash. Whatever fails is
// our fault: the sources are not a learner's.
func (t Toolchain) BuildPrograms(ctx context.Context, dir, out string, race bool, packages ...string) error {
	c := Config{Toolchain: t, Race: race}
	args := append([]string{"build"}, c.flags()...)
	if race {
		args = append(args, "-ldflags=-linkmode=internal")
	}
	runtime.LockOSThread() // see goCommand
	defer runtime.UnlockOSThread()
	cmd := c.command(ctx, dir, append(append(args, "-o", out), packages...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := failure(ctx, cmd.Run(), said.Bytes()); err != nil {
		return fmt.Errorf("building %v: %w", packages, err)
	}
	return nil
}
