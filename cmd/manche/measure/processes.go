package measure

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// process is one of those that Linux lists in /proc (proc_pid_stat(5)).
type process struct {
	pid, parent int
	began       uint64        // ticks since the machine's start: with pid, unique
	own, waited time.Duration // processor time: its own, and that of children it has waited for
	resident    int64         // bytes
}

// tick is the unit of processor times in /proc: USER_HZ, 100 on all of Go's
// platforms.
const tick = time.Second / 100

// readProcess reads one; false where it is gone.
func readProcess(pid int) (process, bool) {
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	name := bytes.LastIndexByte(raw, ')') // a name may hold anything, this too
	if err != nil || name < 0 {
		return process{}, false
	}
	fields := strings.Fields(string(raw[name+1:])) // from the third on
	if len(fields) < 22 {
		return process{}, false
	}
	number := func(field int) int64 {
		n, _ := strconv.ParseInt(fields[field-3], 10, 64)
		return n
	}
	return process{
		pid: pid, parent: int(number(4)), began: uint64(number(22)),
		own: time.Duration(number(14)+number(15)) * tick, waited: time.Duration(number(16)+number(17)) * tick,
		resident: number(24) * int64(os.Getpagesize()),
	}, true
}

// descendants are all processes that a process has started, directly or not.
func descendants(root int) map[int]process {
	entries, _ := os.ReadDir("/proc") // Linux only
	all := make(map[int]process, len(entries))
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			if p, ok := readProcess(pid); ok {
				all[pid] = p
			}
		}
	}
	below := make(map[int]process)
	for pid, p := range all {
		// A chain has an end: nobody can be their own ancestor, unless numbers were
		// given anew while we read.
		for up, steps := p, 0; steps < len(all); steps++ {
			if up.parent == root {
				below[pid] = p
				break
			}
			next, ok := all[up.parent]
			if !ok {
				break
			}
			up = next
		}
	}
	return below
}

// lives reports whether the process still is.
func (p process) lives() bool {
	now, ok := readProcess(p.pid)
	return ok && now.began == p.began
}

// runs reports whether it is a submission's program in the sandbox, or the kernel
// that gVisor puts around one.
func (p process) runs() bool {
	const name, kernel = "/program", "runsc-sandbox" // first arguments, which the sandbox gives
	raw, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.pid), "cmdline"))
	first, _, _ := bytes.Cut(raw, []byte{0})
	return string(first) == name || string(first) == kernel
}

// processorTime is the time that a process and all that it has started have used,
// whether they have ended or not. Linux only, else 0.
func processorTime(root int) time.Duration {
	p, _ := readProcess(root)
	sum := p.own + p.waited
	for _, d := range descendants(root) {
		sum += d.own + d.waited
	}
	return sum
}
