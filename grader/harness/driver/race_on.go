//go:build race

package driver

import "runtime"

// raceErrors counts the data races that were reported so far.
func raceErrors() int { return runtime.RaceErrors() }
