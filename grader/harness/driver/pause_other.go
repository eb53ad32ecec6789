//go:build !linux

package driver

import "runtime"

// pause lets others go first for about so many microseconds. time.Sleep would
// move the virtual clock of a synctest bubble.
func pause(microseconds int64) {
	for range microseconds {
		runtime.Gosched()
	}
}
