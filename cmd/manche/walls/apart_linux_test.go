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

// lacks ends a test for want of something: it fails where MANCHE_CI says that
// everything is there, and is skipped elsewhere.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("MANCHE_CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// What the tests of mutants mount is not mounted here.
func TestMountsStayApart(t *testing.T) {
	attr := walls.Apart()
	if attr == nil {
		lacks(t, "we may mount nothing here")
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
