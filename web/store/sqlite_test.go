package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"manche/grader/queue"
	"manche/web/store"
)

func TestReopenedHoldsAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder?", "100% d'élèves #1", "manche.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	sub := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantState(t, reopen(t, path), sub.ID, queue.Queued)
}

func TestOpenRefusesWhatIsNoDatabase(t *testing.T) {
	if s, err := store.Open(t.Context(), t.TempDir()); err == nil {
		s.Close()
		t.Error("a folder was opened as a database")
	}
}

// TestDurableThroughLossOfPower asks for the settings that make it so: killing
// processes, as other tests do, leaves the system's own buffers alive.
func TestDurableThroughLossOfPower(t *testing.T) {
	s := openSQLite(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2"} { // 2 is FULL
		if got, err := s.Tune(t.Context(), pragma); err != nil || got != want {
			t.Errorf("%s: got %s, %v; want %s", pragma, got, err, want)
		}
	}
}

// TestDiskFull fills the disk, as far as the database can tell.
func TestDiskFull(t *testing.T) {
	s := openSQLite(t)
	before := accept(t, s, store.New{Learner: "ann", Exercise: "leak"})
	if _, err := s.Tune(t.Context(), "max_page_count = 1"); err != nil { // means: not one page more
		t.Fatal(err)
	}
	big := map[string]string{"a.go": string(make([]byte, 1<<20))}
	_, superseded, err := s.Accept(t.Context(), store.New{Learner: "ann", Exercise: "leak", Files: big, Supersede: true})
	if err == nil || len(superseded) > 0 {
		t.Fatalf("got %v, superseded %v on a full disk", err, superseded)
	}
	wantState(t, s, before.ID, queue.Queued)
	if n := unfinished(t, s); n != 1 {
		t.Errorf("got %d submissions, want 1", n)
	}
	if _, err := s.Tune(t.Context(), "max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	accept(t, s, store.New{Learner: "ann", Exercise: "leak", Files: big})
}

// TestLocked has another process, a backup say, hold the database.
func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manche.db")
	s := reopen(t, path)
	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	n := store.New{Learner: "ann", Exercise: "leak", Files: map[string]string{"a.go": ""}}
	if _, _, err := s.Accept(ctx, n); err == nil {
		t.Fatal("accepted into a locked database")
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if n := unfinished(t, s); n != 0 {
		t.Errorf("got %d submissions, want none", n)
	}
	accept(t, s, n)
}

// TestCloseReturnsTheRest closes a queue over work that does not end in time.
func TestCloseReturnsTheRest(t *testing.T) {
	s := openSQLite(t)
	for i := range 5 {
		accept(t, s, store.New{Learner: fmt.Sprint(i), Exercise: "leak"})
	}
	begun := make(chan struct{}, 5)
	q := queue.Start(t.Context(), queue.Config{Ledger: s, Slots: 2, Grace: time.Millisecond, Judge: untilEnd(begun)})
	<-begun
	<-begun
	q.Close()
	if jobs := claim(t, s, time.Now(), 10); len(jobs) != 5 {
		t.Errorf("got %d submissions back in the queue, want 5", len(jobs))
	}
}

// BenchmarkAccept measures durable acceptance, one at a time.
func BenchmarkAccept(b *testing.B) {
	s := openSQLite(b, store.MaxUnfinished(1<<30))
	files := map[string]string{"a.go": string(make([]byte, 2000))}
	for i := 0; b.Loop(); i++ {
		n := store.New{Learner: fmt.Sprint(i % 50), Exercise: "leak", Key: fmt.Sprint(i), Files: files, Supersede: true}
		if _, _, err := s.Accept(b.Context(), n); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStanding measures a class of 60 asking where it stands in a full queue.
func BenchmarkStanding(b *testing.B) {
	s := openSQLite(b)
	var ids []string
	for i := range 2000 {
		ids = append(ids, accept(b, s, store.New{Learner: fmt.Sprint(i % 60), Exercise: "leak"}).ID)
	}
	for b.Loop() {
		if _, err := s.Standing(b.Context(), ids[:60]); err != nil {
			b.Fatal(err)
		}
	}
}

// TestForgetsInEveryTable reads the schema: whatever has a column for the learner
// holds none of one who was forgotten. A table that is added must be forgotten too.
func TestForgetsInEveryTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "manche.db")
	s := reopen(t, path)
	fill(t, s, "ann", "leak", "one", "hers")
	fill(t, s, "bob", "leak", "one", "his")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables := learnersTables(t, db)
	if len(tables) < 5 {
		t.Fatalf("got only %v", tables)
	}
	for _, table := range tables {
		if n := rowsOf(t, db, table, "ann"); n != 1 {
			t.Errorf("%s has %d rows of ann, want 1 to forget", table, n)
		}
	}
	if _, err := s.Forget(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if ann, bob := rowsOf(t, db, table, "ann"), rowsOf(t, db, table, "bob"); ann != 0 || bob != 1 {
			t.Errorf("%s has %d rows of ann and %d of bob, want 0 and 1", table, ann, bob)
		}
	}
}

// learnersTables lists the tables with a column for the learner.
func learnersTables(t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `select m.name from sqlite_master m join pragma_table_info(m.name) c
		where m.type = 'table' and c.name = 'learner' order by m.name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return tables
}

func rowsOf(t *testing.T, db *sql.DB, table, learner string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), "select count(*) from "+table+" where learner = ?", learner).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
