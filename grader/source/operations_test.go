package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"manche/grader/source"
)

const operations = `package a

import (
	"context"
	"sync"
)

type box struct {
	sync.Mutex
	rw sync.RWMutex
	c  []chan int
}

func all(ctx context.Context, b *box, out chan<- int, wg *sync.WaitGroup, cond *sync.Cond) {
	out <- 1 + <-b.c[0]
	n, ok := <-(b.c[1])
	for v := range b.c[2] {
		_ = v
	}
	for range 3 {
	}
	select {
	case out <- <-b.c[3]:
	case n = <-b.c[0]:
	case <-ctx.Done():
	default:
	}
	select {
	case <-b.c[1]:
	}
	close(out)
	b.Lock()
	defer b.Unlock()
	b.rw.RLock(); b.rw.RUnlock()
	wg.Add(1); wg.Done(); wg.Wait(); cond.Wait()
	_, _ = n, ok
}

func close2(close func(int)) { close(1) }
`

// Every operation, by its place, and nothing else.
func TestOperations(t *testing.T) {
	m := load(t, operations, "")
	var got []string
	for _, kind := range []source.Kind{
		source.Send, source.Receive, source.Select, source.Close, source.Lock, source.Unlock, source.Add, source.Done, source.Wait,
	} {
		for _, op := range m.Kinds(kind) {
			text := fmt.Sprintf("%s %d:%d %s", op.Kind, op.Line, op.Column, op.On)
			if op.Choice {
				text += " choice"
			}
			if op.Loop {
				text += " loop"
			}
			got = append(got, strings.TrimSpace(text))
			if at, ok := m.At("a.go", op.Line, kind); !ok || at.Line != op.Line || at.Kind != kind || at.Column > op.Column {
				t.Errorf("at %d: got %+v, %v for %s", op.Line, at, ok, text)
			}
		}
	}
	want := []string{
		"send 15:2 out", "send 23:7 out choice",
		"receive 15:13 b.c[0]", "receive 16:11 (b.c[1])", "receive 17:11 b.c[2] loop", "receive 23:14 b.c[3]",
		"receive 24:11 b.c[0] choice", "receive 25:7 ctx.Done() choice", "receive 29:7 b.c[1]",
		"select 22:2", "select 28:2",
		"close 31:2 out",
		"lock 32:2 b", "lock 34:2 b.rw",
		"unlock 33:8 b", "unlock 34:16 b.rw",
		"add 35:2 wg", "done 35:13 wg", "wait 35:24 wg", "wait 35:35 cond",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, line := range []int{0, 1, 20, 39, 400} {
		for _, kind := range []source.Kind{source.Send, source.Receive, source.Close} {
			if op, ok := m.At("a.go", line, kind); ok {
				t.Errorf("line %d has %+v", line, op)
			}
		}
	}
	if _, ok := m.At("b.go", 15, source.Send); ok {
		t.Error("another file has the operations of this one")
	}
}

// What ends by the clock, and what with a context.
func TestTimedAndCancels(t *testing.T) {
	src := `package a

import (
	"context"
	"time"
)

func f(ctx context.Context, c chan int, t *time.Ticker) {
	<-time.After(1) // timed
	<-t.C // timed
	for range t.C { // timed
	}
	<-c
	<-ctx.Done() // cancels
	select { // timed
	case <-c:
	case <-t.C: // timed
	}
	select {
	case <-c:
	case <-ctx.Done(): // cancels
	}
}
`
	m := load(t, src, "")
	for _, kind := range []source.Kind{source.Receive, source.Select} {
		for _, op := range m.Kinds(kind) {
			if want := slices.Contains(marked(src, "timed"), op.Line); m.Timed(op) != want {
				t.Errorf("line %d: timed %v, want %v", op.Line, !want, want)
			}
			if want := slices.Contains(marked(src, "cancels"), op.Line); op.Cancels() != want {
				t.Errorf("line %d: cancels %v, want %v", op.Line, !want, want)
			}
		}
	}
}

// A test is known by its syntax alone.
func TestOperationsOfATest(t *testing.T) {
	m := load(t, "package a\n", "package a\n\nfunc f(c chan int) {\n\tc <- 1\n\tclose(c)\n\tgo g()\n}\n")
	if op, ok := m.At("a_test.go", 4, source.Send); !ok || op.On != "c" || op.Column != 2 {
		t.Errorf("got %+v, %v", op, ok)
	}
	if s, ok := m.StartedAt("a_test.go", 6); !ok || s.Runs != "g" {
		t.Errorf("got %+v, %v", s, ok)
	}
	if got := m.Column("a_test.go", 5); got != 2 {
		t.Errorf("line 5 begins at column %d", got)
	}
}
