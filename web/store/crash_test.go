package store_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

// crashVariable, when set, makes this test binary a server on the database that
// it names.
const crashVariable = "MANCHE_STORE_CRASH"

// Size of the crash test.
const (
	kills = 20
	// minLines and maxLines bound how much a server says before it is killed, so
	// that the blow falls anywhere: between accepting, claiming and recording.
	minLines, maxLines = 10, 80
)

// serveUntilKilled accepts and judges as fast as it can, and prints a line for
// each submission accepted and for each verdict recorded, after the fact.
func serveUntilKilled(path string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, path)
	if err == nil {
		err = s.Recover(ctx)
	}
	for i := 0; err == nil; i++ {
		if i == 0 {
			queue.Start(ctx, queue.Config{Ledger: &told{Store: s, tell: say}, Judge: atOnce, Slots: 2})
		}
		var sub store.Submission
		sub, _, err = s.Accept(ctx, store.New{Learner: fmt.Sprint(i % 7), Exercise: "leak", Files: map[string]string{"a.go": "package a"}})
		say("accepted", sub.ID)
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// say prints a line in one write: a kill leaves none half printed.
func say(what, id string) { fmt.Fprintln(os.Stdout, what, id) }

func atOnce(_ context.Context, job queue.Job, _ func(queue.State, json.RawMessage)) ([]byte, bool, error) {
	return []byte(`{"of":"` + job.ID + `"}`), true, nil
}

// told is a store that tells which submissions became final.
type told struct {
	*store.Store
	tell func(state, id string)
}

func (l *told) Record(ctx context.Context, now time.Time, outcomes []queue.Outcome) ([]queue.Event, error) {
	changed, err := l.Store.Record(ctx, now, outcomes)
	for _, e := range changed {
		l.tell(string(e.State), e.ID)
	}
	return changed, err
}

// TestKilledServerLosesNothing kills a server many times, then lets one finish:
// what was accepted has its own verdict, exactly once.
func TestKilledServerLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manche.db")
	accepted, verdicts := map[string]bool{}, map[string]int{}
	for range kills {
		for _, line := range killedServer(t, path, minLines+rand.IntN(maxLines-minLines)) {
			what, id, _ := strings.Cut(line, " ")
			switch what {
			case "accepted":
				accepted[id] = true
			case string(queue.Done):
				verdicts[id]++
			default:
				t.Errorf("the server said %q", line)
			}
		}
	}
	early := len(verdicts)
	s := reopen(t, path)
	finish(t, s, verdicts)
	for id := range accepted {
		sub := wantState(t, s, id, queue.Done)
		if want := `{"of":"` + id + `"}`; string(sub.Verdict) != want {
			t.Errorf("got verdict %s, want %s", sub.Verdict, want)
		}
	}
	for id, n := range verdicts {
		if n > 1 {
			t.Errorf("%d verdicts for %s", n, id)
		}
	}
	if early == 0 || len(accepted) < kills {
		t.Errorf("%d accepted, %d judged between the kills: this proves nothing", len(accepted), early)
	}
	t.Logf("%d kills, %d accepted, %d judged before the last kill", kills, len(accepted), early)
}

// killedServer runs a server until it has said that many lines, kills it, and
// returns all it said.
func killedServer(t *testing.T, path string, lines int) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashVariable+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	in := bufio.NewScanner(out)
	for in.Scan() {
		if said = append(said, in.Text()); len(said) == lines {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(said) < lines {
		t.Fatalf("the server ended by itself after %d lines: %v", len(said), err)
	}
	return said
}

// finish judges everything that is left and counts the verdicts.
func finish(t *testing.T, s *store.Store, verdicts map[string]int) {
	t.Helper()
	if err := s.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	left := unfinished(t, s)
	judged := make(chan string, left)
	q := queue.Start(t.Context(), queue.Config{Judge: atOnce, Slots: 2, Ledger: &told{Store: s, tell: func(_, id string) { judged <- id }}})
	defer q.Close()
	late := time.After(time.Minute) // only a failure waits that long
	for range left {
		select {
		case id := <-judged:
			verdicts[id]++
		case <-late:
			t.Fatal("not all were judged")
		}
	}
}

func unfinished(t *testing.T, s *store.Store) int {
	t.Helper()
	n, err := s.Unfinished(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}
