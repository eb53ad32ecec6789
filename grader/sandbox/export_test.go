//go:build linux && (amd64 || arm64)

package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/bpf"
)

// CgroupPlaces exposes the choice of places as their folders.
func CgroupPlaces(self, mountinfo string) []string {
	var dirs []string
	for _, p := range cgroupPlaces(self, mountinfo) {
		dirs = append(dirs, p.dir)
	}
	return dirs
}

// Groups returns the cgroups that are in use; none in tier B.
func (b *Backend) Groups() ([]string, error) {
	if b.groups == nil {
		return nil, nil
	}
	b.groups.mu.Lock()
	defer b.groups.mu.Unlock()
	idle := map[string]bool{}
	for _, s := range b.groups.free {
		idle[s.dir] = len(strings.Fields(readControl(s.dir, "tasks"))) == 1 // the seat's
	}
	entries, err := os.ReadDir(b.groups.dir)
	var dirs []string
	for _, e := range entries {
		if dir := filepath.Join(b.groups.dir, e.Name()); e.IsDir() && !idle[dir] {
			dirs = append(dirs, dir)
		}
	}
	return dirs, err
}

// Seats returns how many seats are free; 0 but in version 1.
func (b *Backend) Seats() int {
	if b.groups == nil {
		return 0
	}
	b.groups.mu.Lock()
	defer b.groups.mu.Unlock()
	return len(b.groups.free)
}

// FoldersOf returns the cgroup folders of the server with process id pid.
func (b *Backend) FoldersOf(pid int) ([]string, error) {
	if b.groups == nil {
		return nil, nil
	}
	return filepath.Glob(filepath.Join(b.groups.base, groupPrefix+strconv.Itoa(pid)+"-*"))
}

// Expecting reports whether stages can wait here.
func (b *Backend) Expecting() bool { return b.waiting != nil }

// Await returns when those that are expected wait.
func (b *Backend) Await() {
	if b.waiting != nil {
		b.waiting.starts.Wait()
	}
}

// Waiting returns the processes of those that wait.
func (b *Backend) Waiting() (pids []int) {
	if b.waiting == nil {
		return nil
	}
	b.waiting.mu.Lock()
	defer b.waiting.mu.Unlock()
	for _, c := range b.waiting.ready {
		pids = append(pids, c.child.cmd.Process.Pid)
	}
	return pids
}

// HasState reports whether runs need folders.
func (b *Backend) HasState() bool { return b.state != nil }

// StatesOf returns the folders that the server with process id pid has for its runs.
func StatesOf(pid int) []string {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), statePrefix+strconv.Itoa(pid)+"-*"))
	return dirs
}

// Sweep removes the cgroups and the folders that killed servers have left, as Open
// does.
func (b *Backend) Sweep() error { return errors.Join(b.groups.sweep(), b.state.sweep()) }

// SweepAt clears what dead servers have left in a folder of cgroups.
func SweepAt(base string) error { return (&cgroups{base: base}).sweep() }

// LockFolder locks a server's folder of cgroups, as long as it is not closed.
var LockFolder = lockFolder

// OwnFolder makes a folder and locks it, against those who sweep meanwhile.
var OwnFolder = ownFolder

// OpenBare opens the sandbox that is none, on machines that have better.
var OpenBare = openBare

// Filter is the filter of a program with this ticket, for a machine that runs
// filters in the place of the kernel.
func Filter(ticket uint64, dynamic bool, pid int) []bpf.Instruction {
	return buildFilter(ticket, inNamespaces, dynamic, pid)
}

// AllowedCalls lists the calls that are allowed whatever their arguments.
func AllowedCalls() []uint32 { return slices.Concat(commonCalls(), archCalls()) }
