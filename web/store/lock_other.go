//go:build !windows && (!unix || aix)

package store

import "os"

// tryLock can do nothing here: that there is one server is its operator's care.
func tryLock(*os.File) error { return nil }
