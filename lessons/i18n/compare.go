package i18n

import (
	"slices"

	"manche/content"
)

// State is what became of a pair of blocks since it was accepted.
type State string

// The states.
const (
	Accepted State = "accepted" // as it was
	New      State = "new"      // in both languages, and never accepted
	Stale    State = "stale"    // changed in a language since, or in both
	Missing  State = "missing"  // in one language, and never in the other
	Orphaned State = "orphaned" // in one language, and no longer in the other
)

// Pair is a block in both languages, or what there is of it.
type Pair struct {
	Page    string                 // folder of the page, from the root of the course
	State   State                  // of the two
	Blocks  map[content.Lang]Block // one is absent from what is missing or orphaned
	Changed []content.Lang         // of a stale pair, the languages that changed
}

// Page is a page in both languages.
type Page struct {
	Name   string // as in "lessons/07-leaks" or "exercises/fix-the-leak"
	Blocks map[content.Lang][]Block
}

// comparison is a page while its blocks are being paired. Indices are those of
// blocks; -1 is none.
type comparison struct {
	en, fr     []Block
	records    map[string]entry // by the English name
	frOf, enOf []int            // for each block of a language, its partner
}

// Compare pairs the blocks of a page, in the order of the English ones, and holds
// them against what was accepted.
func (r Record) Compare(p Page) []Pair {
	c := comparison{en: p.Blocks[content.EN], fr: p.Blocks[content.FR], records: r[p.Name]}
	c.frOf, c.enOf = noPartners(len(c.en)), noPartners(len(c.fr))
	c.pairKnown()
	c.pairOthers()
	var pairs []Pair
	add := func(pair Pair) {
		pair.Page = p.Name
		pairs = append(pairs, pair)
	}
	for i, b := range c.en {
		if j := c.frOf[i]; j >= 0 {
			add(c.judge(b, c.fr[j]))
			continue
		}
		_, known := c.records[b.Name]
		add(alone(content.EN, b, known))
	}
	for j, b := range c.fr {
		if c.enOf[j] < 0 {
			_, known := c.recordOf(b.Name)
			add(alone(content.FR, b, known))
		}
	}
	return pairs
}

func noPartners(n int) []int { return slices.Repeat([]int{-1}, n) }

// pairKnown pairs the blocks that were accepted together.
func (c *comparison) pairKnown() {
	for i, b := range c.en {
		e, ok := c.records[b.Name]
		if !ok {
			continue
		}
		j := slices.IndexFunc(c.fr, func(f Block) bool { return f.Name == e.name(b.Name) })
		if j >= 0 && c.enOf[j] < 0 {
			c.frOf[i], c.enOf[j] = j, i
		}
	}
}

// pairOthers pairs blocks of one kind that stand in the same place: after the
// partner of what stands before.
func (c *comparison) pairOthers() {
	from := 0
	for i, b := range c.en {
		if j := c.frOf[i]; j >= 0 {
			from = j + 1
			continue
		}
		for j := from; j < len(c.fr) && c.enOf[j] < 0; j++ {
			if c.fr[j].kind == b.kind {
				c.frOf[i], c.enOf[j] = j, i
				from = j + 1
				break
			}
		}
	}
}

// recordOf is the record that has a French block of this name.
func (c *comparison) recordOf(name string) (entry, bool) {
	for en, e := range c.records {
		if e.name(en) == name {
			return e, true
		}
	}
	return entry{}, false
}

// judge tells what became of a pair.
func (c *comparison) judge(en, fr Block) Pair {
	pair := Pair{State: New, Blocks: map[content.Lang]Block{content.EN: en, content.FR: fr}}
	byEN, okEN := c.records[en.Name]
	byFR, okFR := c.recordOf(fr.Name)
	if !okEN && !okFR {
		return pair
	}
	// A block without a record of its own has got another name.
	if !okFR || byFR.FR != fr.Hash {
		pair.Changed = append(pair.Changed, content.FR)
	}
	if !okEN || byEN.EN != en.Hash {
		pair.Changed = append(pair.Changed, content.EN)
	}
	pair.State = Accepted
	if len(pair.Changed) > 0 {
		pair.State = Stale
	}
	return pair
}

// alone is a block without a partner.
func alone(lang content.Lang, b Block, known bool) Pair {
	pair := Pair{State: Missing, Blocks: map[content.Lang]Block{lang: b}}
	if known {
		pair.State = Orphaned
	}
	return pair
}
