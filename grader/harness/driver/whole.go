package driver

import "testing"

// Whole runs a program's main as its one check, as ordered, reports, and ends the
// process as [Main] does. What main prints stands in the output without a word of
// testing's.
func Whole(name string, main func()) {
	check := testing.InternalTest{Name: name, F: func(*testing.T) { Program(main) }}
	drive(newSession([]testing.InternalTest{check}, func(t *testing.T, one string, f func(*testing.T)) bool {
		if one != name {
			return t.Run(one, f)
		}
		f(t)
		return true // main cannot fail, and asking about races would print
	}).run)
}
