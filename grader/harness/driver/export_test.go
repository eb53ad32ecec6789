package driver

// Goid exposes how a goroutine learns its number.
var Goid, PrintedGoid, FindGoid = goid, printedGoid, findGoid

// GoidAt is the place that FindGoid has found, -1 for none.
func GoidAt() int { return goidAt }
