// Package unix has the kernel's numbers that the attacks need, under the names of
// golang.org/x/sys/unix, which holds them in a test: with them, an attack is built
// by a Go distribution alone.
package unix

// What is the same everywhere.
const (
	AF_ALG                      = 38
	AF_CAN                      = 29
	AF_INET                     = 2
	AF_INET6                    = 10
	AF_KEY                      = 15
	AF_NETLINK                  = 16
	AF_PACKET                   = 17
	AF_UNIX                     = 1
	AF_VSOCK                    = 40
	AF_XDP                      = 44
	AT_EMPTY_PATH               = 4096
	CLOCK_MONOTONIC             = 1
	CLONE_NEWCGROUP             = 33554432
	CLONE_NEWIPC                = 134217728
	CLONE_NEWNET                = 1073741824
	CLONE_NEWNS                 = 131072
	CLONE_NEWPID                = 536870912
	CLONE_NEWTIME               = 128
	CLONE_NEWUSER               = 268435456
	CLONE_NEWUTS                = 67108864
	F_SETPIPE_SZ                = 1031
	MADV_HUGEPAGE               = 14
	MAP_ANON                    = 32
	MAP_NORESERVE               = 16384
	MAP_PRIVATE                 = 2
	MAP_SHARED                  = 1
	MNT_DETACH                  = 2
	MREMAP_MAYMOVE              = 1
	MS_BIND                     = 4096
	MS_REMOUNT                  = 32
	PROT_EXEC                   = 4
	PROT_READ                   = 1
	PROT_WRITE                  = 2
	PR_CAP_AMBIENT              = 47
	PR_SET_CHILD_SUBREAPER      = 36
	PR_SET_DUMPABLE             = 4
	PR_SET_KEEPCAPS             = 8
	PR_SET_MM                   = 35
	PR_SET_PDEATHSIG            = 1
	PR_SET_PTRACER              = 1499557217
	PR_SET_SECCOMP              = 22
	PTRACE_ATTACH               = 16
	PTRACE_SEIZE                = 16902
	PTRACE_TRACEME              = 0
	SOCK_DGRAM                  = 2
	SOCK_RAW                    = 3
	SOCK_SEQPACKET              = 5
	SOCK_STREAM                 = 1
	SYS_CACHESTAT               = 451
	SYS_CLONE3                  = 435
	SYS_FSOPEN                  = 430
	SYS_IO_URING_SETUP          = 425
	SYS_LANDLOCK_CREATE_RULESET = 444
	SYS_MEMFD_SECRET            = 447
	SYS_MOUNT_SETATTR           = 442
	SYS_MOVE_MOUNT              = 429
	SYS_OPEN_TREE               = 428
	SYS_PIDFD_GETFD             = 438
	SYS_PIDFD_OPEN              = 434
	SYS_PIDFD_SEND_SIGNAL       = 424
	TIOCLINUX                   = 21532
	TIOCSCTTY                   = 21518
	TIOCSTI                     = 21522
)
