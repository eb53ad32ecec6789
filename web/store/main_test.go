package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"manche/web/store"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(crashVariable); path != "" {
		os.Exit(serveUntilKilled(path))
	}
	goleak.VerifyTestMain(m)
}

// TestSQLite holds the store on SQLite against the contract of every store.
func TestSQLite(t *testing.T) {
	contract(t, func(t *testing.T, opts ...store.Option) backend { return openSQLite(t, opts...) })
}

// openSQLite opens a new database in a file, and closes it with the test.
func openSQLite(t testing.TB, opts ...store.Option) *store.Store {
	t.Helper()
	return reopen(t, filepath.Join(t.TempDir(), "data", "manche.db"), opts...)
}

func reopen(t testing.TB, path string, opts ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
