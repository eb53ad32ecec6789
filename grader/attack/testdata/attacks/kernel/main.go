// Kernel knocks at the kernel's less used doors.
package main

import (
	"syscall"
	"unsafe"

	"manche/grader/attack/testdata/attacks/unix"

	"manche/grader/attack/testdata/attacks/attempt"
)

func main() {
	var block [16]uint64
	p := uintptr(unsafe.Pointer(&block))
	name, _ := syscall.BytePtrFromString("x")
	n := uintptr(unsafe.Pointer(name))
	for _, c := range []struct {
		name   string
		number uintptr
		args   []uintptr
	}{
		{"bpf", unix.SYS_BPF, []uintptr{0, p, 64}},
		{"perf_event_open", unix.SYS_PERF_EVENT_OPEN, []uintptr{p, 0, ^uintptr(0), ^uintptr(0)}},
		{"io_uring_setup", unix.SYS_IO_URING_SETUP, []uintptr{8, p}},
		{"io_setup", unix.SYS_IO_SETUP, []uintptr{8, p}},
		{"keyctl", unix.SYS_KEYCTL, nil},
		{"add_key", unix.SYS_ADD_KEY, []uintptr{n, n, 0, 0, ^uintptr(2)}},
		{"request_key", unix.SYS_REQUEST_KEY, []uintptr{n, n}},
		{"userfaultfd", unix.SYS_USERFAULTFD, []uintptr{1}},
		{"memfd_create", unix.SYS_MEMFD_CREATE, []uintptr{n}},
		{"memfd_secret", unix.SYS_MEMFD_SECRET, nil},
		{"init_module", unix.SYS_INIT_MODULE, nil},
		{"finit_module", unix.SYS_FINIT_MODULE, nil},
		{"delete_module", unix.SYS_DELETE_MODULE, nil},
		{"kexec_load", unix.SYS_KEXEC_LOAD, nil},
		{"reboot", unix.SYS_REBOOT, nil},
		{"clock_settime", unix.SYS_CLOCK_SETTIME, []uintptr{0, p}},
		{"adjtimex", unix.SYS_ADJTIMEX, []uintptr{p}},
		{"personality", unix.SYS_PERSONALITY, []uintptr{0x0400000}},
		{"seccomp", unix.SYS_SECCOMP, []uintptr{2, 0, p}},
		{"landlock", unix.SYS_LANDLOCK_CREATE_RULESET, []uintptr{0, 0, 1}},
		{"shmget", unix.SYS_SHMGET, []uintptr{0, 4096, 0o1600}},
		{"semget", unix.SYS_SEMGET, []uintptr{0, 1, 0o1600}},
		{"msgget", unix.SYS_MSGGET, []uintptr{0, 0o1600}},
		{"mq_open", unix.SYS_MQ_OPEN, []uintptr{n, 0o102, 0o600, 0}},
		{"quotactl", unix.SYS_QUOTACTL, nil},
		{"swapon", unix.SYS_SWAPON, []uintptr{n}},
		{"acct", unix.SYS_ACCT, nil},
		{"syslog", unix.SYS_SYSLOG, []uintptr{10}},
		{"fanotify_init", unix.SYS_FANOTIFY_INIT, nil},
		{"inotify_init1", unix.SYS_INOTIFY_INIT1, nil},
		{"signalfd4", unix.SYS_SIGNALFD4, []uintptr{^uintptr(0), p, 8}},
		{"timerfd_create", unix.SYS_TIMERFD_CREATE, []uintptr{1}},
		{"sethostname", unix.SYS_SETHOSTNAME, []uintptr{n, 1}},
		{"setdomainname", unix.SYS_SETDOMAINNAME, []uintptr{n, 1}},
		{"mlockall", unix.SYS_MLOCKALL, []uintptr{3}},
		{"mbind", unix.SYS_MBIND, nil},
		{"set_mempolicy", unix.SYS_SET_MEMPOLICY, nil},
		{"migrate_pages", unix.SYS_MIGRATE_PAGES, nil},
		{"remap_file_pages", unix.SYS_REMAP_FILE_PAGES, nil},
		{"pkey_alloc", unix.SYS_PKEY_ALLOC, nil},
		{"pkey_mprotect", unix.SYS_PKEY_MPROTECT, nil},
		{"vmsplice", unix.SYS_VMSPLICE, nil},
		{"tee", unix.SYS_TEE, nil},
		{"splice", unix.SYS_SPLICE, nil},
		{"vhangup", unix.SYS_VHANGUP, nil},
		{"sched_setaffinity", unix.SYS_SCHED_SETAFFINITY, nil},
		{"cachestat", unix.SYS_CACHESTAT, nil},
	} {
		attempt.Call(c.name, c.number, c.args...)
	}
	attempt.Done()
}
