package main_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// openTerminal makes a pseudo-terminal (pty(7)): what is written to the
// terminal can be read from its other side.
func openTerminal(t *testing.T) (side, terminal *os.File) {
	t.Helper()
	side, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { side.Close() })
	fd := int(side.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal("unlocking the terminal:", err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal("asking for the terminal's number:", err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return side, terminal
}

// atTerminal runs manche with its stdout on a terminal, and returns what it
// shows there. The exit code must be 1.
func atTerminal(t *testing.T, env []string, args ...string) string {
	t.Helper()
	side, terminal := openTerminal(t)
	cmd := exec.CommandContext(t.Context(), "manche", args...)
	cmd.Stdout, cmd.Env = terminal, append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close() // the program has its own; the last one to close it ends the reading
	var shown bytes.Buffer
	if _, err := shown.ReadFrom(side); err != nil && !errors.Is(err, syscall.EIO) {
		t.Error("reading from the terminal:", err)
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("manche %s: %v, want exit code 1", strings.Join(args, " "), err)
	}
	return shown.String()
}

func TestColourOnATerminalOnly(t *testing.T) {
	answer := filepath.Join(t.TempDir(), "search.go")
	if err := os.WriteFile(answer, []byte("package search\n\nimport \"os\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const escape = "\x1b["
	const outcome = "fix-the-leak: " + escape + "31mNot run" + escape + "0m"
	args := []string{"grade", "fix-the-leak", answer, "--lang", "en"}
	if shown := atTerminal(t, []string{"NO_COLOR="}, args...); !strings.Contains(shown, outcome) {
		t.Errorf("a terminal shows\n%q\nwant the outcome in red", shown)
	}
	if shown := atTerminal(t, []string{"NO_COLOR=1"}, args...); strings.Contains(shown, escape) || !strings.Contains(shown, "fix-the-leak: Not run") {
		t.Errorf("with NO_COLOR a terminal shows\n%q\nwant no colour", shown)
	}
}
