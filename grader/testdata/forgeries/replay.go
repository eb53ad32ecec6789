// want: refused policy.import
// The driver's key by its linker name, a whole report written with it, and
// exit.

package search

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
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

type frame struct {
	Kind   string `json:"k"`
	Check  string `json:"c,omitempty"`
	Failed bool   `json:"f,omitempty"`
}

var sent uint64

func send(f frame) {
	body, _ := json.Marshal(f)
	h := hmac.New(sha256.New, orders.Key)
	h.Write(binary.BigEndian.AppendUint64(nil, sent))
	h.Write(body)
	fmt.Fprintf(os.NewFile(3, "report"), "%s %s\n", hex.EncodeToString(h.Sum(nil)), body)
	sent++
}

func init() {
	for _, check := range []string{"TestReturnsTheAnswer", "TestGivesUpAtTheLimit", "TestLeavesNothingBehind", "TestKeepsInstantAnswers", "TestServesManyAtOnce"} {
		send(frame{Kind: "begin", Check: check})
		send(frame{Kind: "end", Check: check})
	}
	for _, canary := range []string{"error", "fatal", "panic", "race", "leak"} {
		send(frame{Kind: "canary", Check: canary, Failed: true})
	}
	send(frame{Kind: "bye"})
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
