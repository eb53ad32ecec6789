// Package figures is what all verbs that measure need: on which machine, how far
// they are, how numbers are written, and the way into the README.
package figures

import (
	"strconv"
	"strings"

	"manche/content"
)

// Number writes x with so many decimals, as the language does.
func Number(v content.Voice, x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if v.Lang() == content.FR {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// Dashed is a dash for what is not there.
func Dashed(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
