// Package store keeps what must not be lost: submissions and their verdicts,
// drafts, answers, cards. One SQLite file in WAL mode; every method that writes is
// durable when it returns, also through a loss of power (synchronous=FULL).
package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// ErrNotFound tells that there is nothing by that name.
var ErrNotFound = errors.New("not found")

// ErrInUse tells that another server has the database open.
var ErrInUse = errors.New("the database is open in another server")

// Bounds of a store.
const (
	// DefaultMaxUnfinished bounds the submissions that wait or are being judged:
	// at ten verdicts a second, a quarter of an hour's wait. Beyond that it is
	// kinder to say no.
	DefaultMaxUnfinished = 10_000
	// readers bounds the connections that read at the same time; SQLite reads
	// take well under a millisecond, so few suffice.
	readers = 4
	// busyMS is how long a write waits for another process to let go of the
	// database: a backup takes moments. Ending the context does not shorten it. Unit: milliseconds.
	busyMS = 2_000
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the database. It is safe for concurrent use: writes queue for one
// connection, reads go beside them.
type Store struct {
	writer, reader *sql.DB
	lock           *os.File
	maxUnfinished  int
}

// Option changes how a store behaves.
type Option func(*Store)

// MaxUnfinished sets how many submissions may be unfinished at a time;
// otherwise DefaultMaxUnfinished.
func MaxUnfinished(n int) Option { return func(s *Store) { s.maxUnfinished = n } }

// Open opens the database file at path, which it creates along with its folder,
// and brings its tables up to date; only its owner may read it. Only one server may
// have it open: a file beside it, "….lock", is held until Close or the end of the
// process, and the error of another one is ErrInUse.
func Open(ctx context.Context, path string, opts ...Option) (*Store, error) {
	s := &Store{maxUnfinished: DefaultMaxUnfinished}
	for _, o := range opts {
		o(s)
	}
	if err := s.open(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil { // learners' work is private
		return err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	if s.lock, err = lockBeside(abs); err != nil {
		return err
	}
	if err := makePrivate(abs); err != nil {
		return err
	}
	file := "file://" + (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath()
	if s.writer, err = sql.Open("sqlite", fmt.Sprintf(
		"%s?_pragma=busy_timeout(%d)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate", file, busyMS)); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, s.writer); err != nil {
		return err
	}
	s.reader, err = sql.Open("sqlite", fmt.Sprintf("%s?_pragma=busy_timeout(%d)&_pragma=query_only(1)", file, busyMS))
	if err != nil {
		return err
	}
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return s.reader.PingContext(ctx)
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// Close closes the database once all calls under way are over.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} { // the writer last: it tidies the log away
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// NewID returns an unguessable name: 26 characters of lower-case base32, 130
// random bits. It serves submissions and learners.
func NewID() string { return strings.ToLower(rand.Text()) }

// write runs f in a transaction, all or nothing, and names what it was for.
func (s *Store) write(ctx context.Context, what string, f func(*sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return wrap(what, err)
	}
	defer tx.Rollback() // nothing is left to roll back after a commit
	if err := f(tx); err != nil {
		return wrap(what, err)
	}
	return wrap(what, tx.Commit())
}

// wrap names what failed; nil stays nil.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// querier is a transaction or a database.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// collect runs a query and scans every row.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

func scanText(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) }

// fromMS returns the time of a column; 0 is the zero time.
func fromMS(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
