package driver

// Goid exposes how a goroutine learns its number.
var Goid, PrintedGoid, FindGoid = goid, printedGoid, findGoid

// GoidAt is the place that FindGoid has found, -1 for none.
func GoidAt() int { return goidAt }

// AllWait reports whether every goroutine of a dump waits for another one.
func AllWait(dump string) bool {
	_, all := waiting(dump)
	return all
}
