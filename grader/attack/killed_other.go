//go:build !linux

package attack

import "time"

// awaitEnd has nothing to wait for where there is no sandbox.
func awaitEnd([]string, time.Duration) []string { return nil }
