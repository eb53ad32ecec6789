//go:build race

package driver

import "runtime"

// raceErrors counts the data races that were reported so far.
func raceErrors() int { return runtime.RaceErrors() }

// raceQuiet makes the detector blind for synchronisation in this goroutine,
// until raceLoud.
//
//go:norace
func raceQuiet() { runtime.RaceDisable() }

//go:norace
func raceLoud() { runtime.RaceEnable() }
