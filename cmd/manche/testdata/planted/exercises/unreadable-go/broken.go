// Package broken is not Go.
package broken

func Do( {}
