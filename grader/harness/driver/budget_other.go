//go:build !linux

package driver

import "time"

var started = time.Now()

// processorTime is, where nobody tells, the time by the clock.
func processorTime() time.Duration { return time.Since(started) }
