package store

import (
	"errors"
	"os"
)

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
