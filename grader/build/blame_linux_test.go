package build_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"manche/grader/build"
	"manche/grader/sandbox"
)

// Sources that ask for much, and for more than there is.
const (
	object = "package main\n\nvar X = [1 << 25]int{1<<25 - 1: 1}\n\nfunc main() { println(X[0]) }\n" // of 256 MB
	bomb   = "package main\n\nvar X = [1 << 33]int{1<<33 - 1: 1}\n\nfunc main() { println(X[0]) }\n"
	uses   = "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n"
	wrong  = "package main\n\nimport \"fmt\"\n\nvar x int = fmt.Sprint()\n\nfunc main() {}\n"
)

// long makes the compiler put together a string of 128 MB, of which the program has
// none.
func long() string {
	var src strings.Builder
	src.WriteString("package main\n\nconst s0 = \"01234567\"\n")
	const doubled = 24
	for i := range doubled {
		fmt.Fprintf(&src, "const s%d = s%d + s%d\n", i+1, i, i)
	}
	fmt.Fprintf(&src, "\nfunc main() { println(len(s%d)) }\n", doubled)
	return src.String()
}

// whose says whose fault a failed build is.
func whose(err error) string {
	var fault *build.SourceError
	switch {
	case err == nil:
		return "nobody's"
	case !errors.As(err, &fault):
		return "ours"
	case fault.Limit:
		return "the sources', a limit"
	}
	return "the sources'"
}

// compiles compiles a program of one file in dir, and says whose fault it is when
// that fails.
func compiles(t *testing.T, a *build.Archives, dir, src string) (string, error) {
	t.Helper()
	err := a.Compile(t.Context(), dir, program(src))
	return whose(err), err
}

// poor are archives without walls whose compiler is Go's own on a host that is
// short of something: a shell command bounds it by more than we do.
func poor(t *testing.T, short string) *build.Archives {
	t.Helper()
	archives(t) // they are there
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	c := config(t, filepath.Join(cache, "manche"))
	tools := t.TempDir()
	// Our own bound, which is set from outside, would else come after the other.
	script := fmt.Sprintf("#!/bin/sh\nuntil [ \"$(ulimit -v)\" = %d ]; do :; done\n%s\nexec '%s' \"$@\"\n",
		build.ToolMemory>>10, short, filepath.Join(c.Toolchain.Tools, "compile"))
	if err := os.WriteFile(filepath.Join(tools, "compile"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	c.Toolchain.Tools, c.Cells = tools, without(t)
	a, err := build.Prepare(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	a.Hurry(time.Hour, time.Hour) // a busy machine is another matter
	return a
}

// A compiler that a poor host lets down says the same as one that has run into a
// bound of ours. Only the latter is the sources' fault, as is what they get wrong
// on any host.
func TestPoorHostIsNotBlamedOnSources(t *testing.T) {
	for _, tt := range []struct{ name, short, src, want string }{
		{"rich, long", "", long(), "nobody's"},
		{"rich, bomb", "", bomb, "the sources', a limit"},
		{"rich, too deep", "echo 'runtime: goroutine stack exceeds 1000000000-byte limit' >&2; exit 2", uses, "the sources', a limit"},
		{"little memory, long", "ulimit -v 1400000", long(), "ours"},
		{"little memory, bomb", "ulimit -v 1400000", bomb, "the sources', a limit"},
		{"little memory, wrong", "ulimit -v 1400000", wrong, "the sources'"},
		{"no memory", "ulimit -v 100000", uses, "ours"},
		{"no files", "ulimit -n 5", uses, "ours"},
		{"small files", "ulimit -f 1", uses, "ours"},
		{"killed", "kill -9 $$", uses, "ours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := compiles(t, poor(t, tt.short), t.TempDir(), tt.src); got != tt.want {
				t.Errorf("it is %s, want %s: %.300v", got, tt.want, err)
			}
		})
	}
}

// Behind walls the room is what we give, and no other than sources can use it up.
func TestNoRoomBehindWallsIsBlamedOnSources(t *testing.T) {
	a := held(t)
	a.Hurry(time.Hour, time.Hour)
	if got, err := compiles(t, a, t.TempDir(), object); got != "the sources', a limit" {
		t.Errorf("an object file of 256 MB is %s: %.300v", got, err)
	}
}

// held are archives behind walls.
func held(t *testing.T) *build.Archives { walls(t); return archives(t) }

// fullEnv makes this test one with a file system of its own.
const fullEnv = "MANCHE_BUILD_TEST_FULL"

// Without walls the room is the host's: a full disk is nobody else's fault.
func TestFullDiskIsNotBlamedOnSources(t *testing.T) {
	dir := os.Getenv(fullEnv)
	if dir == "" {
		apart(t, fullEnv+"="+t.TempDir())
		return
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Fatal(err)
	}
	if got, err := compiles(t, poor(t, ""), dir, object); got != "ours" {
		t.Errorf("it is %s, want ours: %.300v", got, err)
	}
}

// apart runs this test once more, in a mount namespace of its own.
func apart(t *testing.T, env string) {
	t.Helper()
	walls(t) // or there are no namespaces
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), env, "MANCHE_CI=") // there are no walls to be had in there, and none are needed
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

// A tool that is out of time and has worked had too much to do. One that has not
// was kept from working.
func TestOutOfTime(t *testing.T) {
	for name, a := range map[string]*build.Archives{"walls": hostile(t, walls(t)), "bare": hostile(t, without(t))} {
		for _, tt := range []struct {
			what       string
			wall, work time.Duration
			want       string
		}{
			{"spin", 3 * time.Second, time.Millisecond, "the sources', a limit"},
			{"wait", 300 * time.Millisecond, time.Minute, "ours"},
		} {
			a.Hurry(tt.wall, tt.work)
			_, _, err := a.Build(t.Context(), t.TempDir(), map[string][]byte{tt.what + ".go": nil})
			if got := whose(err); got != tt.want {
				t.Errorf("%s, %s: it is %s, want %s: %v", name, tt.what, got, tt.want, err)
			}
		}
	}
}

// without is a sandbox without walls.
func without(t *testing.T) *sandbox.Backend {
	t.Helper()
	bare, err := sandbox.Open(context.Background(), sandbox.Config{Choice: sandbox.None})
	if err != nil {
		t.Fatal(err)
	}
	return bare
}
