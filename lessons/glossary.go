package lessons

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"manche/content"
	"manche/exercises"
)

const glossaryFile = "glossary.toml"

// glossary holds the terms to avoid, by language.
type glossary map[content.Lang][]avoidance

// avoidance is a term to avoid and the one to write instead.
type avoidance struct {
	word    string // folded
	instead string
}

// term is an entry of the glossary.
type term struct {
	FR      string   `toml:"fr"`
	EN      string   `toml:"en"`
	NoteFR  string   `toml:"note_fr"`
	NoteEN  string   `toml:"note_en"`
	AvoidFR []string `toml:"avoid_fr"`
	AvoidEN []string `toml:"avoid_en"`
}

// loadGlossary reads glossary.toml. A course may do without one.
func loadGlossary(fsys fs.FS) (glossary, []exercises.Defect, error) {
	raw, err := fs.ReadFile(fsys, glossaryFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading the glossary: %w", err)
	}
	var file struct {
		Term []term `toml:"term"`
	}
	err = toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&file)
	var unknown *toml.StrictMissingError
	defects := tomlDefects(err)
	if err != nil && !errors.As(err, &unknown) {
		return nil, defects, nil
	}
	g := make(glossary)
	for i, t := range file.Term {
		if t.FR == "" || t.EN == "" {
			defects = append(defects, defect(glossaryFile, termLine(raw, i), keyGlossaryTerm, "number", strconv.Itoa(i+1)))
		}
		g.avoid(content.FR, t.AvoidFR, t.FR)
		g.avoid(content.EN, t.AvoidEN, t.EN)
	}
	return g, defects, nil
}

// termLine is the line at which a term of the glossary begins, or 1 where it has no
// header of its own.
func termLine(raw []byte, term int) int {
	var p unstable.Parser
	p.Reset(raw)
	for n := 0; p.NextExpression(); {
		e := p.Expression()
		if e.Kind != unstable.ArrayTable {
			continue
		}
		if n == term {
			return p.Shape(e.Child().Raw).Start.Line
		}
		n++
	}
	return 1
}

// tomlDefects are what is wrong with the form of the glossary.
func tomlDefects(err error) []exercises.Defect {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		var defects []exercises.Defect
		for _, e := range strict.Errors {
			line, _ := e.Position()
			defects = append(defects, defect(glossaryFile, line, keyGlossarySyntax, "error", e.Error()+": "+strings.Join(e.Key(), ".")))
		}
		return defects
	}
	if err == nil {
		return nil
	}
	line := 1
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		line, _ = decode.Position()
	}
	return []exercises.Defect{defect(glossaryFile, line, keyGlossarySyntax, "error", err.Error())}
}

// avoid adds terms to avoid.
func (g glossary) avoid(lang content.Lang, words []string, instead string) {
	for _, word := range words {
		if word = strings.Join(strings.Fields(fold(word)), " "); word != "" {
			g[lang] = append(g[lang], avoidance{word, instead})
		}
	}
}

// fold makes texts comparable, rune for rune: lower case, one kind of space and
// of apostrophe.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u202f':
			return ' '
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, text)
}

// find returns where a folded word stands in a folded text as a whole word, in
// bytes.
func find(text, word string) []int {
	var places []int
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return places
		}
		start, end := from+i, from+i+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !inWord(before) && !inWord(after) {
			places = append(places, start)
		}
		from = end
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
