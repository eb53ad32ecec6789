package i18n

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/pelletier/go-toml/v2"

	"manche/content"
)

// FileName is the file in which a course keeps what was accepted, beside its
// folder of lessons.
const FileName = "i18n.toml"

// Record is what was accepted: page -> English name of the block -> the pair. The
// zero value is that of a course in which nothing was.
type Record map[string]map[string]entry

// entry is one accepted pair: the hashes, and the French name where it is another
// than the English one.
type entry struct {
	FR string `toml:"fr"`
	EN string `toml:"en"`
	As string `toml:"as"`
}

// name is the French name of the block with this English one.
func (e entry) name(en string) string {
	if e.As != "" {
		return e.As
	}
	return en
}

// header tells who meets the file what it is.
const header = `# What was accepted as saying the same in both languages, by the hash of each block
# (see package manche/lessons/i18n). Written by "manche author i18n accept".
`

// Parse reads what Bytes wrote.
func Parse(raw []byte) (Record, error) {
	var r Record
	if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&r); err != nil {
		return nil, fmt.Errorf("reading %s: %w", FileName, err)
	}
	return r, nil
}

// Bytes is the record as a file: the same for the same record.
func (r Record) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString(header)
	for _, page := range slices.Sorted(maps.Keys(r)) {
		if len(r[page]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n[%s]\n", quote(page))
		for _, en := range slices.Sorted(maps.Keys(r[page])) {
			e := r[page][en]
			fmt.Fprintf(&b, "%s = { fr = %q, en = %q", quote(en), e.FR, e.EN)
			if e.As != "" {
				fmt.Fprintf(&b, ", as = %s", quote(e.As))
			}
			b.WriteString(" }\n")
		}
	}
	return b.Bytes()
}

// quote writes a string as TOML does. Go's own form is the same for text without
// control characters, which a name has none of.
func quote(s string) string { return strconv.Quote(s) }

// Accept takes a page as it stands for right: every pair of its blocks. What is in
// one language only cannot be accepted, and stays as missing or orphaned as it was;
// what is in none is forgotten.
func (r Record) Accept(p Page) {
	now := make(map[string]entry)
	for _, pair := range r.Compare(p) {
		en, inEN := pair.Blocks[content.EN]
		fr, inFR := pair.Blocks[content.FR]
		switch {
		case inEN && inFR:
			e := entry{FR: fr.Hash, EN: en.Hash}
			if fr.Name != en.Name {
				e.As = fr.Name
			}
			now[en.Name] = e
		case pair.State == Orphaned:
			r.keep(p.Name, pair, now)
		}
	}
	r[p.Name] = now
}

// keep takes over what was accepted of an orphan.
func (r Record) keep(page string, pair Pair, now map[string]entry) {
	for en, e := range r[page] {
		if pair.Blocks[content.EN].Name == en || pair.Blocks[content.FR].Name == e.name(en) {
			now[en] = e
		}
	}
}

// Forget drops the pages that there are no longer.
func (r Record) Forget(there []Page) {
	maps.DeleteFunc(r, func(name string, _ map[string]entry) bool {
		return !slices.ContainsFunc(there, func(p Page) bool { return p.Name == name })
	})
}
