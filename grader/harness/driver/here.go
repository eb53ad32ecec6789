//go:build !manche_module

package driver

import "go.uber.org/goleak"

// ordered reports whether this process is to read orders: every program that an
// exercise's driver is in.
func ordered() bool { return true }

// before is what was there before a check.
type before = goleak.Option

// remember notes the goroutines that are there.
func remember() before { return goleak.IgnoreCurrent() }

// quiet waits for up to half a second until no goroutine is there but those of
// before and those that Go itself keeps, and reports whether it came to that.
func quiet(b before) bool { return goleak.Find(b) == nil }

// Guard leaves out of a search for goroutines the one that watches over the
// check. The build puts it into the learner's own searches.
func Guard() goleak.Option { return goleak.IgnoreAnyFunction("manche/grader/harness" + guardFrame) }
