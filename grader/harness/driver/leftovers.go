package driver

import (
	"bytes"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"manche/grader/harness/wire"
)

// settleTime is how long a goroutine may take to end once its check is over,
// before the garbage collector is asked about it. Goroutines that are on their
// way out need microseconds; the bound is for a busy machine.
const settleTime = 2 * time.Millisecond

// patience is how long one may take that is not proven to be left for ever: as long
// as goleak waits by default.
const patience = 450 * time.Millisecond

// bubbleDeadlock begins the panic of a synctest bubble whose goroutines can
// never go on (testing/synctest, Go 1.25).
const bubbleDeadlock = "deadlock: "

// leftovers looks for goroutines that were not there before the check. The
// leak profile is asked first: it proves a leak in some milliseconds, where
// waiting for the goroutine takes half a second. Where an earlier check has left
// something that may still act, what is left now may be its doing; nobody believes
// that, and this check gets another process, so there is nothing to wait for.
func (s *session) leftovers(f *wire.Frame, known []int64) {
	if strings.HasPrefix(f.Panic, bubbleDeadlock) {
		f.Known = known
		return // the dump taken in the panic shows them, and they never end
	}
	f.Left = ""
	if s.looks.settled(known, settleTime) {
		return
	}
	profile := leakProfile()
	if s.looks.settled(known, 0) {
		return
	}
	if leaked(profile, known) {
		f.Left = clip(without(profile, known))
		return
	}
	f.Settled = true
	if !s.disturbed && s.looks.settled(known, patience) {
		return
	}
	if f.Left = clip(without(leakProfile(), known)); f.Left != "" {
		s.spoiled, s.disturbed = s.disturbed, true
	}
}

// without leaves the known goroutines out of a dump.
func without(dump string, known []int64) string {
	old := setOf(known)
	var kept []string
	for block := range strings.SplitSeq(dump, "\n\n") {
		if ids := goroutines([]byte(block)); len(ids) == 1 && !old[ids[0]] {
			kept = append(kept, block)
		}
	}
	return strings.Join(kept, "\n\n")
}

// settled reports whether within d no goroutine is left but the known ones. A look
// stops the program, so there is one at the beginning, one at the end, and one
// whenever goroutines have come or gone.
func (l *looks) settled(known []int64, d time.Duration) bool {
	end, seen := time.Now().Add(d), -1
	for rest := int64(1); ; rest = min(2*rest, longestRest) {
		n, over := runtime.NumGoroutine(), time.Now().After(end)
		if n <= len(known) || (n != seen || over) && len(fresh(l.dump(), known)) == 0 {
			return true
		}
		if over {
			return false
		}
		seen = n
		runtime.Gosched()
		pause(rest)
	}
}

// longestRest is the longest pause between two counts, in microseconds.
const longestRest = 10_000

// leakProfile runs the leak detector of the garbage collector and returns a
// dump of all goroutines, those that can never go on marked "(leaked)".
func leakProfile() string {
	var b bytes.Buffer
	p := pprof.Lookup("goroutineleak")
	if p == nil || p.WriteTo(&b, 2) != nil {
		return ""
	}
	return b.String()
}

// leaked reports whether every goroutine that is not known is marked leaked.
func leaked(profile string, known []int64) bool {
	marks := make(map[int64]bool)
	for block := range strings.SplitSeq(profile, "\n\n") {
		header, _, _ := strings.Cut(block, "\n")
		if ids := goroutines([]byte(header)); len(ids) == 1 {
			marks[ids[0]] = strings.Contains(header, "(leaked)")
		}
	}
	return profile != "" && !slices.ContainsFunc(fresh([]byte(profile), known), func(id int64) bool { return !marks[id] })
}

// marked reports whether the dump's header of goroutine id says "(leaked)".
func marked(profile string, id int64) bool {
	_, rest, found := strings.Cut("\n"+profile, "\ngoroutine "+strconv.FormatInt(id, 10)+" ")
	header, _, _ := strings.Cut(rest, "\n")
	return found && strings.Contains(header, "(leaked)")
}

// maxDump bounds a dump, in bytes: one of fifty thousand goroutines fits, which is
// more than the memory of a sandbox holds.
const maxDump = 16 << 20

// looks are dumps into the same memory: that of a new one would cost more than the
// look, under the race detector. The zero value has none yet. Only one goroutine
// may use it.
type looks struct{ buf []byte }

// dump returns the stacks of all goroutines, until the next dump.
func (l *looks) dump() []byte {
	for size := max(len(l.buf), 64<<10); ; size *= 2 {
		if size > len(l.buf) {
			l.buf = make([]byte, size)
		}
		if n := runtime.Stack(l.buf, true); n < size || size >= maxDump {
			return l.buf[:n]
		}
	}
}

// signalLoop stands in the stack of a goroutine that os/signal starts once for
// the whole program, and never ends.
const signalLoop = "os/signal.loop"

// goroutines lists the numbers of the goroutines in a dump.
func goroutines(dump []byte) []int64 {
	var ids []int64
	for block := range bytes.SplitSeq(dump, []byte("\n\n")) {
		rest, ok := bytes.CutPrefix(block, []byte("goroutine "))
		if !ok || bytes.Contains(block, []byte(signalLoop)) {
			continue
		}
		number, _, _ := bytes.Cut(rest, []byte(" "))
		if id, err := strconv.ParseInt(string(number), 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// fresh lists the goroutines of a dump that are not known.
func fresh(dump []byte, known []int64) []int64 {
	old := setOf(known)
	return slices.DeleteFunc(goroutines(dump), func(id int64) bool { return old[id] })
}

func setOf(ids []int64) map[int64]bool {
	set := make(map[int64]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}
