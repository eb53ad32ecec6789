package main

import (
	"strings"
	"unicode"
)

// printable is text that others wrote, as it may reach a terminal: what would
// command that, or turn the order of what is read, shows as U+FFFD. Lines and tabs
// stay; a byte that is no UTF-8 is one of those, since terminals know commands of
// eight bits.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
