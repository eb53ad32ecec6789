package walls_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"manche/cmd/manche/walls"
)

// mountEnv makes the test binary mount something on the folder that it names.
const mountEnv = "MANCHE_WALLS_TEST_MOUNT"

// mountIfAsked does what a program does that got through its walls.
func mountIfAsked() {
	if dir := os.Getenv(mountEnv); dir != "" {
		if err := unix.Mount("tmpfs", dir, "tmpfs", 0, ""); err != nil {
			panic(err)
		}
		os.Exit(0)
	}
}

// What the tests of mutants mount is not mounted here.
func TestMountsStayApart(t *testing.T) {
	attr := walls.Apart()
	if attr == nil {
		return // who are we to mount anything
	}
	dir := t.TempDir()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env, cmd.SysProcAttr = append(os.Environ(), mountEnv+"="+dir), attr
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("mounting: %v\n%s", err, out)
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(mounts), dir) {
		unix.Unmount(dir, unix.MNT_DETACH)
		t.Errorf("%s is mounted here too", dir)
	}
}
