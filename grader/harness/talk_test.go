package harness_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"manche/grader/harness"
	"manche/grader/harness/wire"
)

// ear is a program's input that keeps what it is told.
type ear struct {
	bytes.Buffer
	closed bool
}

func (e *ear) Close() error {
	e.closed = true
	return nil
}

// said writes a text in pieces of n bytes.
func said(t *testing.T, to io.Writer, text string, n int) {
	t.Helper()
	for len(text) > 0 {
		n = min(n, len(text))
		if _, err := io.WriteString(to, text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
}

func line(m wire.Message) string { return string(m.Encode()) }

func TestTalkPassesOnWhatIsAsked(t *testing.T) {
	ask := line(wire.Message{Kind: wire.Open, Name: "TestA"}) + line(wire.Message{Kind: wire.Call, ID: 1, Name: "F"}) +
		line(wire.Message{Kind: wire.Call, ID: 2, Name: "F"}) + line(wire.Message{Kind: wire.Close})
	answer := line(wire.Message{Kind: wire.Answer, ID: 2, Body: "\n"}) + line(wire.Message{Kind: wire.Exited, ID: 1}) + line(wire.Message{Kind: wire.Closed})
	for _, n := range []int{1, 7, 1000} {
		var checks, program ear
		talk := harness.NewTalk(&checks, &program)
		said(t, talk.Checks(), "frame 1\n"+ask+"frame 2\n", n)
		said(t, talk.Answer(), "frame 3\n"+answer+"no end", n)
		if program.String() != ask || checks.String() != answer {
			t.Errorf("in pieces of %d the answer hears %q, and the checks %q", n, program.String(), checks.String())
		}
		if got, want := string(talk.CheckReport()), "frame 1\nframe 2\n"; got != want {
			t.Errorf("the checks' report is %q, want %q", got, want)
		}
		if got, want := string(talk.AnswerReport()), "frame 3\nno end"; got != want {
			t.Errorf("the answer's report is %q, want %q", got, want)
		}
		if run := talk.Join(harness.Run{}, harness.Run{}); run.Tampered || checks.closed || program.closed {
			t.Errorf("tampered %v, closed %v and %v", run.Tampered, checks.closed, program.closed)
		}
	}
}

// Whoever says what was not asked is not heard again.
func TestTalkEndsWithWhatIsNotAsked(t *testing.T) {
	for _, bad := range []string{
		line(wire.Message{Kind: wire.Answer, ID: 2}), line(wire.Message{Kind: wire.Exited, ID: 2}), line(wire.Message{Kind: wire.Closed}),
		line(wire.Message{Kind: wire.Call, ID: 1}), line(wire.Message{Kind: wire.Leave}), line(wire.Message{}),
		line(wire.Message{Kind: wire.Answer, ID: 1}) + line(wire.Message{Kind: wire.Answer, ID: 1}),
		">\n", ">answer\t1\n", ">" + strings.Repeat("x", wire.MaxMessage),
	} {
		var checks, program ear
		talk := harness.NewTalk(&checks, &program)
		said(t, talk.Checks(), line(wire.Message{Kind: wire.Call, ID: 1}), 1000)
		said(t, talk.Answer(), bad, 1<<20)
		before := checks.Len()
		said(t, talk.Answer(), line(wire.Message{Kind: wire.Answer, ID: 1}), 1000)
		if !checks.closed || !program.closed || checks.Len() != before {
			t.Errorf("after %.30q: closed %v and %v, heard %q", bad, checks.closed, program.closed, checks.String()[before:])
		}
		if run := talk.Join(harness.Run{Complete: true}, harness.Run{Complete: true}); !run.Tampered || run.Complete {
			t.Errorf("after %.30q: tampered %v, complete %v", bad, run.Tampered, run.Complete)
		}
	}
}

// Neither side makes good what the other has found, or not done.
func TestJoinBelievesTheWorse(t *testing.T) {
	attempt := func(change func(*harness.Attempt)) harness.Run {
		a := harness.Attempt{Frame: wire.Frame{Check: "TestA"}, Ended: true}
		change(&a)
		return harness.Run{Attempts: []harness.Attempt{a}, Complete: true}
	}
	good := attempt(func(*harness.Attempt) {})
	join := func(asked, answered harness.Run) harness.Run {
		return harness.NewTalk(new(ear), new(ear)).Join(asked, answered)
	}
	if run := join(good, good); !run.Complete || run.Tampered || !run.Attempts[0].Ended || run.Attempts[0].Failed {
		t.Errorf("two good ones: %+v", run)
	}
	changes := map[string]func(*harness.Attempt){
		"failed": func(a *harness.Attempt) { a.Failed = true }, "left": func(a *harness.Attempt) { a.Left = "goroutine 1" },
		"races": func(a *harness.Attempt) { a.Races = 1 }, "stuck": func(a *harness.Attempt) { a.Stuck, a.Ended = true, false },
		"not ended": func(a *harness.Attempt) { a.Ended = false },
	}
	for name, change := range changes {
		bad := attempt(change)
		for i, run := range []harness.Run{join(bad, good), join(good, bad)} {
			a := run.Attempts[0]
			if !a.Failed && a.Left == "" && a.Races == 0 && !a.Stuck && a.Ended {
				t.Errorf("%s on side %d: %+v", name, i, a)
			}
		}
	}
	stuck := attempt(func(a *harness.Attempt) {
		a.Stuck, a.Proven, a.Stalled, a.Busy, a.Ended = true, true, true, true, false
	})
	for i, run := range []harness.Run{join(stuck, good), join(good, stuck)} {
		if a := run.Attempts[0]; !a.Stuck || !a.Proven || !a.Stalled || !a.Busy {
			t.Errorf("stuck on side %d, and not told why it is stuck: %+v", i, a)
		}
	}
	other := attempt(func(a *harness.Attempt) { a.Check = "TestB" })
	again := attempt(func(a *harness.Attempt) { a.Repetition = 1 })
	for _, answered := range []harness.Run{{}, {Complete: true}, other, again, {Tampered: true, Complete: true, Attempts: good.Attempts}} {
		if run := join(good, answered); run.Complete {
			t.Errorf("complete with %+v", answered)
		}
	}
	if run := join(good, other); run.Attempts[0].Ended {
		t.Error("an attempt has ended by the report on another check")
	}
}
