package corpus

import (
	"strings"
	"testing"
)

func TestFirst(t *testing.T) {
	text := strings.Repeat("nothing here\nan error\nfine\nerror again\n", 5)
	for limit := 1; limit <= 4; limit++ {
		got := First(text, "error", limit)
		if len(got) != limit {
			t.Errorf("%d matches, want %d", len(got), limit)
		}
		for i, m := range got {
			if want := 2 * (i + 1); m.Line != want {
				t.Errorf("match %d of %d is line %d, want %d", i, limit, m.Line, want)
			}
		}
	}
}
