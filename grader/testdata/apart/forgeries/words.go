// A wrong answer, beside which each forgery stands.

package words

const MaxTop = 100

type Tally struct {
	Word  string
	Times int
}

// trick is what a forgery does before each answer.
var trick = func() {}

func Count(texts ...string) map[string]int {
	trick()
	return map[string]int{"forged": len(texts)}
}

func Top(n int, counts map[string]int) ([]Tally, error) {
	trick()
	return nil, nil
}
