//go:build manche_module

package driver

import (
	"os"
	"time"

	"manche/grader/harness/wire"
)

// ordered reports whether this process is to read orders. A test may start its
// own binary again, with an input of its own: that one is an ordinary test binary.
func ordered() bool {
	_, ok := os.LookupEnv(wire.OrdersEnv)
	os.Unsetenv(wire.OrdersEnv)
	return ok
}

// before is what was there before a check: the numbers of its goroutines.
type before = []int64

// remember notes the goroutines that are there.
func remember() before { return goroutines(dump()) }

// patience is how long a goroutine may take to end by itself: as long as goleak
// waits by default.
const patience = 450 * time.Millisecond

// quiet waits until no goroutine is there but those of before, and reports
// whether it came to that. It stands in for goleak in the module of somebody
// who may not have it.
func quiet(b before) bool { return settled(b, patience) }
