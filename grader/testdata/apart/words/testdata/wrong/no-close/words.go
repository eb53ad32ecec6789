// Package words counts words.
package words

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxTop is how many words are wanted at most.
const MaxTop = 100

// Tally is how often a word occurs.
type Tally struct {
	Word  string
	Times int
}

// errTooMany says that too many words are wanted.
var errTooMany = errors.New("too many words")

// Count returns how often each word occurs in all texts together. Each text is
// read by a goroutine of its own.
func Count(texts ...string) map[string]int {
	parts := make(chan map[string]int)
	for _, text := range texts {
		go func() { parts <- count(text) }()
	}
	total := make(map[string]int)
	for part := range parts {
		for word, n := range part {
			total[word] += n
		}
	}
	return total
}

func count(text string) map[string]int {
	part := make(map[string]int)
	for word := range strings.FieldsSeq(text) {
		part[word]++
	}
	return part
}

// Top returns the n words that occur most.
func Top(n int, counts map[string]int) ([]Tally, error) {
	if n > MaxTop {
		return nil, fmt.Errorf("%w: %d", errTooMany, n)
	}
	var all []Tally
	for word, times := range counts {
		all = append(all, Tally{word, times})
	}
	slices.SortFunc(all, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Word, b.Word))
	})
	return all[:min(n, len(all))], nil
}
