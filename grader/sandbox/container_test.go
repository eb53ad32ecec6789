//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

// containerEnv makes the test binary give up what a container's engine takes from
// its processes by default, and execute itself again.
const containerEnv = "MANCHE_SANDBOX_TEST_CONTAINER"

// containerCapabilities are those that root keeps in a container by default.
var containerCapabilities = []uint{
	unix.CAP_CHOWN, unix.CAP_DAC_OVERRIDE, unix.CAP_FSETID, unix.CAP_FOWNER, unix.CAP_MKNOD, unix.CAP_NET_RAW, unix.CAP_SETGID,
	unix.CAP_SETUID, unix.CAP_SETFCAP, unix.CAP_SETPCAP, unix.CAP_NET_BIND_SERVICE, unix.CAP_SYS_CHROOT, unix.CAP_KILL, unix.CAP_AUDIT_WRITE,
}

// enterContainer is what a container's engine does, as far as it matters here.
func enterContainer() {
	runtime.LockOSThread()
	os.Unsetenv(containerEnv)
	for _, step := range []func() error{keepCapabilities, refuseNamespaces} {
		if err := step(); err != nil {
			panic(err)
		}
	}
	panic(syscall.Exec("/proc/self/exe", os.Args, os.Environ()))
}

func keepCapabilities() error {
	if os.Getuid() != 0 {
		return nil // there are none
	}
	var keep [2]unix.CapUserData
	for c := uint(0); unix.Prctl(unix.PR_CAPBSET_READ, uintptr(c), 0, 0, 0) == nil; c++ {
		if slices.Contains(containerCapabilities, c) {
			keep[c/32].Permitted |= 1 << (c % 32)
		} else if err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(c), 0, 0, 0); err != nil {
			return err
		}
	}
	for i := range keep {
		keep[i].Effective = keep[i].Permitted
	}
	return unix.Capset(&unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}, &keep[0])
}

// refuseNamespaces installs a filter under which there are no new namespaces and
// no mounts.
func refuseNamespaces() error {
	const eperm, enosys, pass = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM), unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS), unix.SECCOMP_RET_ALLOW
	const newNamespaces = unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP
	program := []bpf.Instruction{bpf.LoadAbsolute{Off: 0, Size: 4}}
	for _, number := range []uint32{
		unix.SYS_UNSHARE, unix.SYS_SETNS, unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_MOUNT_SETATTR,
		unix.SYS_MOVE_MOUNT, unix.SYS_OPEN_TREE, unix.SYS_FSOPEN, unix.SYS_PTRACE, unix.SYS_BPF, unix.SYS_KEYCTL,
	} {
		program = append(program, bpf.JumpIf{Cond: bpf.JumpEqual, Val: number, SkipFalse: 1}, bpf.RetConstant{Val: eperm})
	}
	program = append(program,
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_CLONE3, SkipFalse: 1}, bpf.RetConstant{Val: enosys},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: unix.SYS_CLONE, SkipFalse: 3},
		bpf.LoadAbsolute{Off: 16, Size: 4}, bpf.JumpIf{Cond: bpf.JumpBitsSet, Val: newNamespaces, SkipFalse: 1}, bpf.RetConstant{Val: eperm},
		bpf.RetConstant{Val: pass},
	)
	raw, err := bpf.Assemble(program)
	if err != nil {
		return err
	}
	filter := make([]unix.SockFilter, len(raw))
	for i, f := range raw {
		filter[i] = unix.SockFilter{Code: f.Op, Jt: f.Jt, Jf: f.Jf, K: f.K}
	}
	p := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	// An engine has the right to do without it.
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&p))); errno != 0 {
		return fmt.Errorf("installing the container's filter: %w", errno)
	}
	return nil
}

// TestInContainer runs all tests again in a container, as root and as another.
func TestInContainer(t *testing.T) {
	if os.Getuid() != 0 {
		lacks(t, "only root makes a container")
	}
	for tier, user := range map[sandbox.Tier]uint32{sandbox.TierC: 0, sandbox.TierD: ordinaryUser} {
		t.Run(string(tier), func(t *testing.T) { again(t, tier, user, "^Test") })
	}
}

// TestWallsInContainer looks at the walls of tier C alone, the only one in which the
// stage changes its user.
func TestWallsInContainer(t *testing.T) {
	if os.Getuid() != 0 {
		lacks(t, "only root makes a container")
	}
	again(t, sandbox.TierC, 0, "^TestWallsFromOutside$")
}
