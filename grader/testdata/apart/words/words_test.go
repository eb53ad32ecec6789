package words

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// some draws texts, so that nobody has the answers beforehand, and counts them.
func some(n int) ([]string, map[string]int) {
	texts, want := make([]string, n), make(map[string]int)
	for i := range texts {
		for range 50 {
			word := string(rune('a'+rand.IntN(26))) + string(rune('a'+rand.IntN(26)))
			texts[i] += word + " "
			want[word]++
		}
	}
	return texts, want
}

func TestCountsAllTexts(t *testing.T) {
	for range 5 {
		texts, want := some(8)
		if got := Count(texts...); !maps.Equal(got, want) {
			t.Errorf("Count of %d texts gives %d words, want %d", len(texts), len(got), len(want))
		}
	}
}

func TestServesManyAtOnce(t *testing.T) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			texts, want := some(3)
			if got := Count(texts...); !maps.Equal(got, want) {
				t.Errorf("Count of %d texts gives %d words, want %d", len(texts), len(got), len(want))
			}
		})
	}
	group.Wait()
}

func TestTop(t *testing.T) {
	got, err := Top(2, map[string]int{"a": 3, "b": 1, "c": 3})
	if want := []Tally{{"a", 3}, {"c", 3}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Top(2) gives %d words and the error %v, want a and c, three times each", len(got), err)
	}
	if _, err := Top(MaxTop+1, nil); err == nil || !strings.Contains(err.Error(), "too many") {
		t.Errorf("Top(%d) gives the error %v, want one that says too many", MaxTop+1, err)
	}
}
