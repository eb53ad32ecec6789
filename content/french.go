package content

import (
	"regexp"
	"strings"
)

// No-break spaces of French typography.
const (
	noBreak       = "\u00a0" // before a colon, inside guillemets, between number and unit
	narrowNoBreak = "\u202f" // before ; ! ?
)

var (
	besideMarks = strings.NewReplacer(
		" ;", narrowNoBreak+";", " !", narrowNoBreak+"!", " ?", narrowNoBreak+"?",
		" :", noBreak+":", " »", noBreak+"»", "« ", "«"+noBreak,
	)
	beforeUnit = regexp.MustCompile(`(\d) (%|€|(?:h|min|s|ms|µs|ns|o|ko|Mo|Go|Kio|Mio|Gio|minutes?|secondes?|millisecondes?|mètres?|octets?|kilo-octets?)(?:[^\p{L}\p{N}_]|$))`)
)

// FrenchSpaces turns the ordinary spaces that French typography wants unbroken
// into no-break ones: before ; ! ? : and », after «, and between a number and
// its unit. It only replaces spaces that are there, so that addresses, times
// and code keep their shape; applying it twice changes nothing more.
func FrenchSpaces(s string) string {
	s = besideMarks.Replace(s)
	if !strings.ContainsAny(s, "0123456789") { // soon told, unlike the rest
		return s
	}
	return beforeUnit.ReplaceAllString(s, "$1"+noBreak+"$2")
}
