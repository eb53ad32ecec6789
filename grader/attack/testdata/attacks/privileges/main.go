// Privileges asks for more than it has: users, namespaces, mounts.
package main

import (
	"os"
	"syscall"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	namespaces()
	mounts()
	users()
	attempt.Done()
}

func namespaces() {
	for name, flag := range map[string]uintptr{
		"user": unix.CLONE_NEWUSER, "mount": unix.CLONE_NEWNS, "net": unix.CLONE_NEWNET, "pid": unix.CLONE_NEWPID,
		"ipc": unix.CLONE_NEWIPC, "uts": unix.CLONE_NEWUTS, "cgroup": unix.CLONE_NEWCGROUP, "time": unix.CLONE_NEWTIME,
	} {
		attempt.Call("unshare "+name, unix.SYS_UNSHARE, flag)
		attempt.Call("clone "+name, unix.SYS_CLONE, flag|uintptr(syscall.SIGCHLD))
	}
	attempt.Call("setns", unix.SYS_SETNS, 0, 0)
}

func mounts() {
	tmp, tmpfs, root := path("/tmp"), path("tmpfs"), path("/")
	attempt.Call("mount", unix.SYS_MOUNT, tmpfs, tmp, tmpfs)
	attempt.Call("remount", unix.SYS_MOUNT, root, root, 0, unix.MS_REMOUNT|unix.MS_BIND)
	attempt.Call("umount", unix.SYS_UMOUNT2, root, unix.MNT_DETACH)
	attempt.Call("chroot", unix.SYS_CHROOT, tmp)
	attempt.Call("pivot_root", unix.SYS_PIVOT_ROOT, tmp, tmp)
	attempt.Call("open_tree", unix.SYS_OPEN_TREE, ^uintptr(99), root, 1)
	attempt.Call("move_mount", unix.SYS_MOVE_MOUNT, 0, root, 0, root)
	attempt.Call("fsopen", unix.SYS_FSOPEN, tmpfs)
	attempt.Call("mount_setattr", unix.SYS_MOUNT_SETATTR, ^uintptr(99), root)
	attempt.Call("mknod", unix.SYS_MKNODAT, ^uintptr(99), path("/tmp/n"), syscall.S_IFCHR|0o666, 0x103)
	attempt.Call("name_to_handle_at", unix.SYS_NAME_TO_HANDLE_AT, ^uintptr(99), root)
	attempt.Call("open_by_handle_at", unix.SYS_OPEN_BY_HANDLE_AT)
}

func users() {
	attempt.Call("setuid", unix.SYS_SETUID, 0)
	attempt.Call("setgid", unix.SYS_SETGID, 0)
	attempt.Call("setresuid", unix.SYS_SETRESUID, 0, 0, 0)
	attempt.Call("setfsuid", unix.SYS_SETFSUID, 0)
	attempt.Call("setgroups", unix.SYS_SETGROUPS, 0, 0)
	attempt.Call("capset", unix.SYS_CAPSET, 0, 0)
	attempt.Try("chown", os.Chown("/tmp", 0, 0))
	for name, option := range map[string]uintptr{
		"dumpable": unix.PR_SET_DUMPABLE, "parent death": unix.PR_SET_PDEATHSIG, "ambient": unix.PR_CAP_AMBIENT, "keep": unix.PR_SET_KEEPCAPS,
		"seccomp": unix.PR_SET_SECCOMP, "ptracer": unix.PR_SET_PTRACER, "mm": unix.PR_SET_MM, "subreaper": unix.PR_SET_CHILD_SUBREAPER,
	} {
		attempt.Call("prctl "+name, unix.SYS_PRCTL, option, 0)
	}
}

func path(s string) uintptr {
	b, _ := syscall.BytePtrFromString(s)
	return uintptr(unsafe.Pointer(b))
}
