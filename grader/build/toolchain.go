package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os/exec"
	"path/filepath"
	"runtime"
)

// MinGo is the oldest Go release that can judge: the first one with the
// goroutine leak profile.
const MinGo = "go1.26"

// experiment builds the goroutine leak profile in. Go 1.26 has it behind this
// switch only; without it the profile is missing and says nothing.
const experiment = "goroutineleakprofile"

// ErrNoGo says that no Go distribution was found.
var ErrNoGo = errors.New("no go command found")

// OldGoError says that the Go distribution found is older than MinGo.
type OldGoError struct{ Version string }

func (e *OldGoError) Error() string {
	return fmt.Sprintf("%s is too old: want %s or newer", e.Version, MinGo)
}

// Toolchain is an installed Go distribution.
type Toolchain struct {
	Version string // "go1.26.8"
	Root    string // GOROOT
	Tools   string // folder of compile and link
	// Race reports whether the race detector can be used here: the platform
	// has one, and a C compiler is there to link it with.
	Race  bool
	CC    string // the C compiler that it would be linked with, found or not
	gocmd string
}

// Find looks for the Go distribution on the PATH. It fails with [ErrNoGo] or
// an [OldGoError] where a person has something to install.
func Find(ctx context.Context) (Toolchain, error) {
	gocmd, err := exec.LookPath("go")
	if err != nil {
		return Toolchain{}, ErrNoGo
	}
	out, err := exec.CommandContext(ctx, gocmd, "env", "-json", "GOVERSION", "GOROOT", "GOTOOLDIR", "CC").Output()
	if ctx.Err() != nil {
		return Toolchain{}, ctx.Err()
	}
	if err != nil {
		return Toolchain{}, fmt.Errorf("asking %s for its environment: %w", gocmd, err)
	}
	var env struct{ GOVERSION, GOROOT, GOTOOLDIR, CC string }
	if err := json.Unmarshal(out, &env); err != nil {
		return Toolchain{}, fmt.Errorf("reading the answer of go env: %w", err)
	}
	if version.Compare(env.GOVERSION, MinGo) < 0 {
		return Toolchain{}, &OldGoError{Version: env.GOVERSION}
	}
	_, noC := exec.LookPath(env.CC)
	return Toolchain{
		Version: env.GOVERSION, Root: env.GOROOT, Tools: env.GOTOOLDIR,
		Race: noC == nil && RacePlatform(), CC: env.CC, gocmd: gocmd,
	}, nil
}

// RacePlatform reports whether Go has a race detector for this platform
// (go.dev/doc/articles/race_detector, Requirements; the ones we can sandbox).
func RacePlatform() bool {
	switch runtime.GOOS + "/" + runtime.GOARCH {
	case "linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64":
		return true
	}
	return false
}

// tool returns the path of the compiler or the linker.
func (t Toolchain) tool(name string) string { return filepath.Join(t.Tools, name) }
