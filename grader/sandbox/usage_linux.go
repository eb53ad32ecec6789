package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// odometer reads what a running process uses. A nil odometer reads nothing.
type odometer struct {
	status *os.File
	clock  int32 // the process' own processor clock
	memory bool  // whether memory beyond the limit is a reason to stop
	peak   int64
}

// newOdometer watches process pid, which must be a child of ours that has not
// been waited for. It returns nil if the process is gone.
func newOdometer(pid int, memory bool) *odometer {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return nil
	}
	// MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of the kernel's posix-timers.h.
	return &odometer{status: f, clock: int32(^pid)<<3 | 2, memory: memory, peak: memoryOf(f)}
}

// read returns the limit that the process has passed, or "".
func (o *odometer) read(l Limits) Stop {
	if o == nil {
		return ""
	}
	o.peak = max(o.peak, memoryOf(o.status))
	var used unix.Timespec
	switch err := unix.ClockGettime(o.clock, &used); {
	case o.memory && o.peak > l.Memory:
		return MemoryLimit
	case err == nil && time.Duration(used.Nano()) >= l.CPU:
		return CPUTime
	}
	return ""
}

// memoryOf returns the bytes that a process has cost at most so far: resident
// pages at their peak, what was swapped out, and page tables, which a program
// can grow without a resident page of its own. It returns 0 when the process
// has ended.
func memoryOf(status *os.File) int64 {
	var buf [4096]byte // some 1400 bytes are usual
	n, _ := status.ReadAt(buf[:], 0)
	var sum int64
	for line := range bytes.Lines(buf[:n]) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch string(name) {
		case "VmHWM", "VmSwap", "VmPTE":
			kB, _ := strconv.ParseInt(string(bytes.TrimSuffix(bytes.TrimSpace(value), []byte(" kB"))), 10, 64)
			sum += kB << 10
		}
	}
	return sum
}

// peakMemory returns the greatest memory seen so far, in bytes.
func (o *odometer) peakMemory() int64 {
	if o == nil {
		return 0
	}
	return o.peak
}

func (o *odometer) close() {
	if o != nil {
		o.status.Close()
	}
}
