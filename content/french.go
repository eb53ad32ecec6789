package content

import (
	"regexp"
	"strings"
)

// No-break spaces of French typography.
const (
	noBreak       = "\u00a0" // before a colon, inside guillemets, between number and unit
	narrowNoBreak = "\u202f" // before ; ! ?, between groups of digits
)

var (
	besideMarks = strings.NewReplacer(
		" ;", narrowNoBreak+";", " !", narrowNoBreak+"!", " ?", narrowNoBreak+"?",
		" :", noBreak+":", " »", noBreak+"»", "« ", "«"+noBreak,
	)
	// digits are a number in groups of three, as in 200 000.
	digits = regexp.MustCompile(`\b\d{1,3}(?: \d{3})+\b`)
	// beforeUnit is a number, or the place of one, with its unit. The "s" of a
	// reflexive verb is no unit.
	beforeUnit = regexp.MustCompile(`([\d}]) (%|€|(?:h|min|s|ms|µs|ns|o|ko|Mo|Go|Kio|Mio|Gio|minutes?|secondes?|millisecondes?|mètres?|octets?|kilo-octets?)(?:[^\p{L}\p{N}_'’]|$))`)
)

// FrenchSpaces turns the ordinary spaces that French typography wants unbroken
// into no-break ones: before ; ! ? : and », after «, between the groups of digits
// of a number, and between a number and its unit; the place of a parameter, in
// braces, counts as a number there. It only replaces spaces that are there, so
// that addresses, times and code keep their shape; applying it twice changes
// nothing more.
func FrenchSpaces(s string) string {
	s = besideMarks.Replace(s)
	if !strings.ContainsAny(s, "0123456789}") { // soon told, unlike the rest
		return s
	}
	s = digits.ReplaceAllStringFunc(s, func(n string) string { return strings.ReplaceAll(n, " ", narrowNoBreak) })
	return beforeUnit.ReplaceAllString(s, "$1"+noBreak+"$2")
}
