package content

import "regexp"

// No-break spaces of French typography.
const (
	noBreak       = "\u00a0" // before a colon, inside guillemets, between number and unit
	narrowNoBreak = "\u202f" // before ; ! ?
)

var (
	beforeHigh   = regexp.MustCompile(` ([;!?])`)
	beforeColon  = regexp.MustCompile(` ([:»])`)
	afterOpening = regexp.MustCompile(`« `)
	beforeUnit   = regexp.MustCompile(`(\d) (%|€|(?:h|min|s|ms|µs|ns|o|ko|Mo|Go|Kio|Mio|Gio|minutes?|secondes?|millisecondes?)(?:[^\p{L}\p{N}_]|$))`)
)

// FrenchSpaces turns the ordinary spaces that French typography wants unbroken
// into no-break ones: before ; ! ? : and », after «, and between a number and
// its unit. It only replaces spaces that are there, so that addresses, times
// and code keep their shape; applying it twice changes nothing more.
func FrenchSpaces(s string) string {
	s = beforeHigh.ReplaceAllString(s, narrowNoBreak+"$1")
	s = beforeColon.ReplaceAllString(s, noBreak+"$1")
	s = afterOpening.ReplaceAllString(s, "«"+noBreak)
	return beforeUnit.ReplaceAllString(s, "$1"+noBreak+"$2")
}
