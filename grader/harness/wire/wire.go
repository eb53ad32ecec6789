// Package wire is what the driver and its parent say to each other: the orders,
// the frames of the report, and the lines that part the output.
package wire

import (
	"bufio"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
)

// Orders tell the driver what to do. The parent sends them encoded.
type Orders struct {
	Key         []byte   // of the MACs, and of the cuts in the output
	First       int      // number of the first repetition; 0 is the unperturbed one
	Repetitions int      // the number at which to end: how often each check runs at most
	Least       int      // how often at least, unless something is found
	BudgetMS    int      // after so many milliseconds no more than Least
	CheckMS     int      // a check that runs for longer is stuck
	WorkMS      int      // so is one that keeps processors busy for longer; 0 lets it
	SetupMS     int      // so is what comes before the first check; 0 leaves it alone
	Skip        []string // checks that are not to run
	Seed        uint64   // of the yields
	Race        bool     // the program was built with the race detector
}

// OrdersEnv is the variable that is set where a driver in the module of somebody
// else has orders to read.
const OrdersEnv = "MANCHE_ORDERS"

// FrameKind says what a frame reports.
type FrameKind string

// The kinds of frames, in the order of a run.
const (
	Begin  FrameKind = "begin"  // a check starts
	End    FrameKind = "end"    // a check is over
	Stuck  FrameKind = "stuck"  // a check did not come to its end; the last frame
	Canary FrameKind = "canary" // a failure on purpose, and whether it was seen
	Bye    FrameKind = "bye"    // all was done
)

// Frame is one fact about a run.
type Frame struct {
	Kind       FrameKind
	Check      string
	Repetition int
	Failed     bool   // testing says so, for whatever reason
	Skipped    bool   // the check chose not to run
	Panic      string // value of a panic in the check's goroutine
	Goexit     bool   // the check's goroutine ended without returning
	Stack      string // of the panic
	Races      int    // data races that the detector counted
	// Left is a dump of the goroutines that the check has left, empty when there
	// are none. Where all are in it, as in a check that is stuck, Known are those
	// that were there before.
	Known []int64
	Left  string
	// Rings are orders of locks in which a deadlock can happen.
	Rings [][]LockStep
	// Settled says that time was given to what is still there.
	Settled bool
	// Proven says that the check's own goroutine can never go on; Stalled, that
	// every goroutine has waited for a while, and nothing has moved.
	Proven  bool
	Stalled bool
	// Busy says that a check which is stuck has kept the processors busy.
	Busy bool
	// Held are the locks in the hands of goroutines, where some stay behind.
	Held []Holder
}

// Holder is a goroutine with the locks that it has taken, the latest last. One
// that waits for a lock has that one at the end.
type Holder struct {
	Goroutine int64
	Locks     []Hold
}

// Hold is a lock in a goroutine's hands.
type Hold struct {
	Lock  int // its number, the same for the same lock
	Write bool
	Site  string // where it was taken, as file:line
}

// LockStep is one goroutine of a ring: where it took the lock that it holds, and
// where it wants the next one, as file:line.
type LockStep struct {
	Holds string
	Wants string
}

// Reporter writes frames. It is safe for concurrent use.
type Reporter struct {
	mu  sync.Mutex
	out io.Writer
	key []byte
	seq uint64
}

// NewReporter returns one that writes to out under the key.
func NewReporter(out io.Writer, key []byte) *Reporter { return &Reporter{out: out, key: key} }

// Send writes one frame as a line: MAC, space, the encoded frame. A report that
// cannot be written is one that did not happen: the parent fails closed.
func (r *Reporter) Send(f Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var body codec
	f.walk(&body)
	fmt.Fprintf(r.out, "%s %s\n", mac(r.key, r.seq, body.buf), body.buf)
	r.seq++
}

// mac authenticates the frame's place in the stream and its content.
func mac(key []byte, seq uint64, body []byte) string {
	h := hmac.New(sha256.New, key)
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], seq)
	h.Write(n[:])
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// CutLine is the n-th line that parts the output of a run, so that it is known
// which text belongs to which check. Only the holder of the key can write it.
func CutLine(key []byte, n int) string {
	return "\x1e" + mac(key, uint64(n), []byte("cut"))
}

// ReadFrames reads frames up to the end or the first line that is not the next
// genuine frame. Its second result reports whether the stream was genuine to
// its end; a stream that was cut in the middle of a line is not.
func ReadFrames(in io.Reader, key []byte) ([]Frame, bool) {
	var frames []Frame
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxFrame)
	for lines.Scan() {
		f, ok := parseFrame(lines.Bytes(), key, uint64(len(frames)))
		if !ok {
			return frames, false
		}
		frames = append(frames, f)
	}
	return frames, lines.Err() == nil
}

// maxFrame bounds one line of the report, in bytes: a panic, its stack and a dump,
// each bounded by the driver's maxText, with room for escapes.
const maxFrame = 8 << 20

// parseFrame reads one line.
func parseFrame(line, key []byte, seq uint64) (Frame, bool) {
	var f Frame
	const macLen = 2 * sha256.Size
	if len(line) <= macLen || line[macLen] != ' ' {
		return f, false
	}
	body := line[macLen+1:]
	if !hmac.Equal(line[:macLen], []byte(mac(key, seq, body))) {
		return f, false
	}
	c := codec{buf: body, reading: true}
	f.walk(&c)
	return f, c.done()
}

// The canaries' names, in the order in which they are sent. CanaryRace is
// missing where the program was built without the race detector.
const (
	CanaryError = "error"
	CanaryFatal = "fatal"
	CanaryPanic = "panic"
	CanaryRace  = "race"
	CanaryLeak  = "leak"
)
