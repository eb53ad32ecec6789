package driver

import (
	"syscall"
	"time"
)

// processorTime is what this process has taken of all processors.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // the clock bounds it all the same
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
