// want: refused policy.import
// The driver's key by its linker name, a whole report written with it, and
// exit.

package search

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"
	_ "unsafe"
)

//go:linkname orders manche/grader/harness/driver.orders
var orders struct {
	Key         []byte
	Repetitions int
}

var sent uint64

// send writes a frame: its kind, its check, and whether that failed; of all else
// nothing.
func send(kind, check string, failed int) {
	body := fmt.Appendf(nil, "%s\t%s\t0\t%d\t0\t\t0\t\t0\t0\t\t0\t0\t0\t0\t0\t0\t", kind, check, failed)
	h := hmac.New(sha256.New, orders.Key)
	h.Write(binary.BigEndian.AppendUint64(nil, sent))
	h.Write(body)
	fmt.Fprintf(os.NewFile(3, "report"), "%s %s\n", hex.EncodeToString(h.Sum(nil)), body)
	sent++
}

func init() {
	for _, check := range []string{"TestReturnsTheAnswer", "TestGivesUpAtTheLimit", "TestLeavesNothingBehind", "TestKeepsInstantAnswers", "TestServesManyAtOnce"} {
		send("begin", check, 0)
		send("end", check, 0)
	}
	for _, canary := range []string{"error", "fatal", "panic", "race", "leak"} {
		send("canary", canary, 1)
	}
	send("bye", "", 0)
	os.Exit(0)
}

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}
