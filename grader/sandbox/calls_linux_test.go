//go:build linux && (amd64 || arm64)

package sandbox_test

import (
	"runtime"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"manche/grader/sandbox"
)

// unrecorded are the calls that are allowed though no recorded run made them.
var unrecorded = map[uint32]string{
	unix.SYS_CLOCK_GETTIME: "made where the vDSO cannot tell the time, as on some virtual machines",
}

// byArguments are the calls that the filter allows for some arguments only.
var byArguments = []uint32{
	unix.SYS_CLONE, unix.SYS_MMAP, unix.SYS_MPROTECT, unix.SYS_TGKILL, unix.SYS_PRCTL, unix.SYS_PRLIMIT64, unix.SYS_FCNTL,
	unix.SYS_EXECVEAT, // by the first stage, with its ticket: in no record
}

// wantRecorded skips a test on machines whose calls have other numbers than those
// that were recorded, wherever it is run.
func wantRecorded(t *testing.T) {
	t.Helper()
	if runtime.GOARCH != "amd64" {
		t.Skip("the runs were recorded on amd64")
	}
}

// TestAllowedCallsAreUsed: what is allowed was made by a recorded run, or there is
// a reason.
func TestAllowedCallsAreUsed(t *testing.T) {
	wantRecorded(t)
	made := make(map[uint32]bool)
	for c, letThrough := range recorded(t) {
		made[c.number] = letThrough
	}
	for _, n := range append(sandbox.AllowedCalls(), byArguments[:len(byArguments)-1]...) {
		if made[n] == (unrecorded[n] != "") {
			t.Errorf("call %d is allowed: recorded %v, reason %q; want the one or the other", n, made[n], unrecorded[n])
		}
	}
	for n := range unrecorded {
		if !slices.Contains(sandbox.AllowedCalls(), n) {
			t.Errorf("call %d is not allowed, and has a reason to be", n)
		}
	}
}

// TestAllowedArgumentsAreUsed: so was each thing that a call of many may do.
func TestAllowedArgumentsAreUsed(t *testing.T) {
	wantRecorded(t)
	ask, made := answers(t, true), recorded(t)
	for _, c := range []struct{ number, argument uint32 }{{unix.SYS_PRCTL, 0}, {unix.SYS_FCNTL, 1}} {
		for what := range uint32(2000) {
			allows(t, ask, made, call{c.number, what}, c.argument)
		}
		allows(t, ask, made, call{c.number, unix.PR_SET_VMA}, c.argument)
	}
}

func allows(t *testing.T, ask func(asked) int, made map[call]bool, c call, argument uint32) {
	t.Helper()
	q := asked{arch: ownArch(), number: c.number}
	q.args[argument] = uint64(c.what)
	if got := ask(q) == allowed; got != made[c] {
		t.Errorf("call %d for %d: allowed %v, recorded %v", c.number, c.what, got, made[c])
	}
}

// TestFilterAllowsNothingElse puts every number to the filter.
func TestFilterAllowsNothingElse(t *testing.T) {
	const ones = ^uint64(0)
	for _, dynamic := range []bool{false, true} {
		ask := answers(t, dynamic)
		for n := range uint32(2000) {
			want := refused
			switch {
			case n == unix.SYS_CLONE3:
				want = unknown
			case slices.Contains(sandbox.AllowedCalls(), n):
				want = allowed
			case slices.Contains(byArguments, n):
				continue // see TestFilterLooksAtArguments
			}
			for _, args := range [][6]uint64{{}, {1, 1, 1, 1, 1, 1}, {ones, ones, ones, ones, ones, ones}, {ticket, ticket, ticket}} {
				if got := ask(asked{ownArch(), n, args}); got != want {
					t.Errorf("call %d%v: got %#x, want %#x", n, args, got, want)
				}
			}
		}
	}
}
