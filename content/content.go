// Package content holds all that people read, in French and in English side
// by side: the lessons, the sentences of the interface and of the findings,
// and the glossary.
//
// The package imports nothing else of the project. Whoever has something to
// tell a person has a key and parameters, and asks [Messages] for the sentence.
package content

import "embed"

// FS holds the course's own lessons (lessons/<nn-slug>/<lang>.md), the
// sentences (messages/*.toml), glossary.toml, and what a new lesson or exercise
// begins as (templates).
//
//go:embed lessons messages templates glossary.toml
var FS embed.FS

// Lang is a language that the course speaks.
type Lang string

// The languages, equals of each other.
const (
	FR Lang = "fr"
	EN Lang = "en"
)

// Langs lists every language, in the order in which pages offer them.
// It must not be modified.
var Langs = []Lang{FR, EN}

// ParseLang returns the language with the given code, and whether there is one.
func ParseLang(code string) (Lang, bool) {
	for _, l := range Langs {
		if string(l) == code {
			return l, true
		}
	}
	return "", false
}

// Other returns the other language.
func (l Lang) Other() Lang {
	if l == FR {
		return EN
	}
	return FR
}
