//go:build !race

package driver

// raceErrors finds none where there is no race detector.
func raceErrors() int { return 0 }

func raceQuiet() {}

func raceLoud() {}
