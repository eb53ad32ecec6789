//go:build linux && (amd64 || arm64)

package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// convoyEvery is how many readings pass between two looks for new processes: a
// look opens a file for each thread.
const convoyEvery = 10

// convoy reads what a process and all its descendants use together, beyond what
// they used when it was made. A nil convoy reads nothing.
type convoy struct {
	leader  int
	memory  bool // whether memory beyond the limit is a reason to stop
	watched map[int]*odometer
	used    map[int]time.Duration // processor time, of those that have ended as well
	idle    time.Duration         // at the start
	bulk    int64                 // bytes at the start
	peak    int64                 // bytes beyond bulk
	cpu     time.Duration         // beyond idle
	reads   int
	guest   *os.File // the file that is the guest's memory, once it is found
}

// newConvoy watches process pid, a child of ours that has not been waited for.
func newConvoy(pid int, memory bool) *convoy {
	c := &convoy{leader: pid, memory: memory, watched: make(map[int]*odometer), used: make(map[int]time.Duration)}
	c.look()
	c.idle, c.bulk = c.sum()
	return c
}

func (c *convoy) read(l Limits) Stop {
	if c == nil {
		return ""
	}
	if c.reads++; c.reads%convoyEvery == 0 {
		c.look()
	}
	cpu, memory := c.sum()
	c.cpu, c.peak = max(c.cpu, cpu-c.idle), max(c.peak, memory-c.bulk)
	switch {
	case c.memory && c.peak > l.Memory:
		return MemoryLimit
	case c.cpu >= l.CPU:
		return CPUTime
	}
	return ""
}

// look finds the descendants that there are.
func (c *convoy) look() {
	for queue := []int{c.leader}; len(queue) > 0; queue = queue[1:] {
		pid := queue[0]
		if c.watched[pid] == nil {
			c.watched[pid] = newOdometer(pid, false)
			c.findGuest(pid)
		}
		lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
		for _, name := range lists {
			text, _ := os.ReadFile(name)
			for _, child := range bytes.Fields(text) {
				if pid, err := strconv.Atoi(string(child)); err == nil {
					queue = append(queue, pid)
				}
			}
		}
	}
}

// guestMemory is the name of the file in which gVisor has a guest's memory. How much
// of it any process has mapped at a time says little.
const guestMemory = "/memfd:runsc-memory"

// findGuest looks whether process pid has that file.
func (c *convoy) findGuest(pid int) {
	if !c.memory || c.guest != nil {
		return
	}
	names, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, name := range names {
		if target, err := os.Readlink(name); err == nil && strings.HasPrefix(target, guestMemory) {
			c.guest, _ = os.OpenFile(name, unix.O_PATH, 0)
			return
		}
	}
}

// guestBytes returns what the guest's memory takes.
func (c *convoy) guestBytes() int64 {
	var st unix.Stat_t
	if c.guest == nil || unix.Fstat(int(c.guest.Fd()), &st) != nil {
		return 0
	}
	return st.Blocks * 512 // by definition of stat(2)
}

// sum adds up the processor time, and the memory in bytes: what each has for
// itself, and once what they share, which is the guest's.
func (c *convoy) sum() (cpu time.Duration, memory int64) {
	var shared int64
	for pid, o := range c.watched {
		if o == nil {
			continue
		}
		var used unix.Timespec
		if unix.ClockGettime(o.clock, &used) == nil {
			c.used[pid] = max(c.used[pid], time.Duration(used.Nano()))
		}
		if !c.memory {
			continue
		}
		own, common := weigh(o.status)
		memory += own
		shared = max(shared, common)
	}
	for _, d := range c.used {
		cpu += d
	}
	return cpu, memory + max(shared, c.guestBytes())
}

// weigh returns the bytes that a process has for itself, and those that it has
// of what others have as well.
func weigh(status *os.File) (own, common int64) {
	var buf [4096]byte
	n, _ := status.ReadAt(buf[:], 0)
	for line := range bytes.Lines(buf[:n]) {
		name, value, _ := bytes.Cut(line, []byte(":"))
		kB, _ := strconv.ParseInt(string(bytes.TrimSuffix(bytes.TrimSpace(value), []byte(" kB"))), 10, 64)
		switch string(name) {
		case "RssAnon", "VmSwap", "VmPTE":
			own += kB << 10
		case "RssShmem":
			common = kB << 10
		}
	}
	return own, common
}

// peakMemory returns the greatest memory seen so far, in bytes.
func (c *convoy) peakMemory() int64 {
	if c == nil {
		return 0
	}
	return c.peak
}

// spent returns the processor time seen so far.
func (c *convoy) spent() time.Duration {
	if c == nil {
		return 0
	}
	return c.cpu
}

func (c *convoy) close() {
	if c == nil {
		return
	}
	for _, o := range c.watched {
		o.close()
	}
	c.guest.Close() // harmless on nil
}
