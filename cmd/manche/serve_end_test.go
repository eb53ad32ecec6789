//go:build linux

package main_test

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"manche/grader"
	"manche/grader/sandbox"
)

// promisedEnd is how long the server may take to end when it is told to: what
// service managers commonly give before they kill.
const promisedEnd = 10 * time.Second

// wantOrderlyEnd tells the server to stop, wants it to do so, and returns how long
// that took.
func wantOrderlyEnd(t *testing.T, s *server) time.Duration {
	t.Helper()
	code, took := s.stop(t)
	if code != 0 {
		t.Errorf("after SIGTERM the server ended with code %d, want 0; it said:\n%s", code, s.log)
	}
	return took
}

func TestServeEndsInOrder(t *testing.T) {
	took := endInOrder(t)
	for tries := 1; took > promisedEnd && tries < 3; tries++ { // a busy machine makes everything slow
		took = min(took, endInOrder(t))
	}
	if took > promisedEnd {
		t.Errorf("after SIGTERM the server ended in %v at best, want %v at most", took, promisedEnd)
	}
}

// endInOrder ends a server that is busy and followed, returns how long that took, and
// wants the next one to go on where it stopped.
func endInOrder(t *testing.T) time.Duration {
	t.Helper()
	s := startServer(t, "--workers", "1")
	busy := s.learner(t)
	running := hang(t, s, busy)
	reference := bundle(t).Reference
	var waiting []string
	for i := range 3 {
		waiting = append(waiting, s.anybody().accepted(t, distinct(reference, strconv.Itoa(i))).ID)
	}
	followed := []string{running, waiting[2]}
	open, streams := make(chan struct{}, len(followed)), make(chan []event, len(followed))
	for _, id := range followed {
		go func() { streams <- s.anybody().watch(t, id, func() { open <- struct{}{} }) }()
	}
	for range followed {
		<-open
	}
	took := wantOrderlyEnd(t, s)
	for range followed {
		if events := <-streams; len(events) == 0 || events[len(events)-1].name != "state" {
			t.Errorf("a stream that the server's end cuts short says %v, want a state at its end", events)
		}
	}

	next := launch{data: s.data, args: []string{"--workers", "1"}}.start(t)
	busy.at(next).submit(t, reference, true) // instead of what hangs, which would take its time again
	for _, id := range waiting {
		if v := next.anybody().verdict(t, id); v.Outcome != grader.Passed {
			t.Errorf("the reference, queued at the end, gets %s after it, want passed", v.Canonical())
		}
	}
	return took
}

func TestServeLosesNothingWhenKilled(t *testing.T) {
	s := startServer(t, "--workers", "2")
	busy := s.learner(t)
	ex := bundle(t)
	const answers = 20
	ids := make([]string, answers)
	for i := range ids {
		ids[i] = s.anybody().accepted(t, distinct(ex.Starter.Files, strconv.Itoa(i))).ID
	}
	running := hang(t, s, busy) // last: it has its time, too
	s.anybody().verdict(t, ids[0])
	known := s.anybody().read(t, ids[0])
	s.crash(t)

	next := launch{data: s.data}.start(t)
	_, instead := busy.at(next).submit(t, ex.Reference, true)
	for _, id := range ids {
		if v := next.anybody().verdict(t, id); v.Outcome != grader.Failed || v.Findings[0].Kind != grader.KindLeak {
			t.Fatalf("the starter gets %s, want failed with a leak", v.Canonical()) // each would take its time
		}
	}
	if again := next.anybody().read(t, ids[0]); string(again.Verdict) != string(known.Verdict) {
		t.Errorf("a verdict from before the crash was\n%s\nand is now\n%s", known.Verdict, again.Verdict)
	}
	if got := next.anybody().read(t, running); got.State != "superseded" || got.SupersededBy != instead.ID {
		t.Errorf("what ran in the crash is %q by %q, want superseded by %q", got.State, got.SupersededBy, instead.ID)
	}
	next.anybody().verdict(t, instead.ID)
	wantOrderlyEnd(t, next)
	wantRows(t, s.data, map[string]int{"done": answers + 1, "superseded": 1})
}

// wantRows wants these submissions in the database of a server that has ended,
// by state, each with a verdict if it is done and none otherwise.
func wantRows(t *testing.T, data string, want map[string]int) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "manche.db")) // the store brings the driver
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("select state, count(*), sum(verdict <> '') from submission group by state")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	got := make(map[string]int)
	for rows.Next() {
		var state string
		var n, verdicts int
		if err := rows.Scan(&state, &n, &verdicts); err != nil {
			t.Fatal(err)
		}
		got[state] = n
		if (state == "done") != (verdicts > 0) || verdicts > 0 && verdicts != n {
			t.Errorf("%d submissions are %s, with %d verdicts", n, state, verdicts)
		}
	}
	if err := rows.Err(); err != nil || !maps.Equal(got, want) {
		t.Errorf("the database holds %v (%v), want %v", got, err, want)
	}
}

// hang has a learner send what hangs, and waits until its program runs.
func hang(t *testing.T, s *server, who *client) (id string) {
	t.Helper()
	id = who.accepted(t, hanging()).ID
	await(t, "the hanging program to run", func() bool {
		return who.read(t, id).State == "running" && len(descendants(t, s.cmd.Process.Pid)) > 0
	})
	return id
}

// crash kills the server alone, as the kernel would in need, and wants all the
// programs that it runs to end with it.
func (s *server) crash(t *testing.T) {
	t.Helper()
	server := s.cmd.Process
	server.Signal(syscall.SIGSTOP) // it starts nothing more while we look
	children := descendants(t, server.Pid)
	if len(children) == 0 {
		t.Error("no program runs when the server is killed, so nothing can survive it")
	}
	server.Kill()
	// A program that goes on is ended by its limit of processor time, much later.
	soon := time.After(sandbox.DefaultLimits().CPU / 2)
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	for len(children) > 0 {
		select {
		case <-again.C:
			children = slices.DeleteFunc(children, func(p process) bool { return !p.alive() })
		case <-soon:
			t.Fatalf("these processes survive the server: %+v", children)
		}
	}
	<-s.ended
}

// process is one of this machine. Its start tells it from a later one with the
// same number.
type process struct {
	pid         int
	name, start string
}

// descendants lists the processes below pid.
func descendants(t *testing.T, pid int) []process {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	children := make(map[int][]process)
	for _, entry := range entries {
		number, err := strconv.Atoi(filepath.Base(filepath.Dir(entry)))
		if err != nil {
			t.Fatal(err)
		}
		if p, parent, ok := look(number); ok {
			children[parent] = append(children[parent], p)
		}
	}
	var all []process
	for next := children[pid]; len(next) > 0; {
		p := next[0]
		all = append(all, p)
		next = append(next[1:], children[p.pid]...)
	}
	return all
}

// look reads a process' entry (proc(5), /proc/pid/stat); it is not ok when there
// is none or the process has ended.
func look(pid int) (p process, parent int, ok bool) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return process{}, 0, false
	}
	head, tail, _ := strings.Cut(string(raw), ") ")
	_, name, _ := strings.Cut(head, "(")
	fields := strings.Fields(tail)
	const state, ppid, starttime = 0, 1, 19 // counted behind the name
	if len(fields) <= starttime || strings.Contains("ZX", fields[state]) {
		return process{}, 0, false
	}
	parent, err = strconv.Atoi(fields[ppid])
	return process{pid, name, fields[starttime]}, parent, err == nil
}

func (p process) alive() bool {
	now, _, ok := look(p.pid)
	return ok && now.start == p.start
}
