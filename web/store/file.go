package store

import (
	"errors"
	"io/fs"
	"os"
)

// makePrivate sees to it that only the server's user may read a database, which it
// creates if need be: the ids in it are learners' keys. SQLite gives the files that
// it makes beside one the same mode; those that are there have their own.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Chmod(name, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// lockBeside takes the lock of a database. It is a file of its own, since closing
// any descriptor of the database would end SQLite's locks on that (fcntl(2)); it
// stays where it is, since one that is removed could be taken twice.
func lockBeside(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := tryLock(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
