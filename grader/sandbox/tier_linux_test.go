package sandbox_test

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"manche/grader/sandbox"
)

// Where the kernel makes namespaces they are used: a wall that cannot be put up any
// more must not have the sandbox fall to a weaker tier without anybody noticing.
func TestNamespacesAreUsed(t *testing.T) {
	if os.Getenv(tierEnv) != "" {
		t.Skip("the tier is known, and looked at elsewhere")
	}
	c := exec.Command("/proc/self/exe", "-test.run=^$")
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	if out, err := c.CombinedOutput(); err != nil {
		lacks(t, fmt.Sprintf("no namespaces here: %v: %s", err, out))
	}
	if b := open(t, sandbox.Config{}); b.Tier() != sandbox.TierA && b.Tier() != sandbox.TierB {
		t.Errorf("tier %s, although there are namespaces: %v", b.Tier(), b.Failures())
	}
}
