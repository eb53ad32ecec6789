package corpus

import (
	"slices"
	"sync"
)

// Board keeps the best score of every player.
type Board struct {
	sync.RWMutex
	scores map[string]int
}

// Line is one line of the printed board.
type Line struct {
	Player string
	Rank   int
}

// Submit records a score, if it beats the player's best.
func (b *Board) Submit(player string, score int) {
	b.Lock()
	defer b.Unlock()
	if b.scores == nil {
		b.scores = make(map[string]int)
	}
	b.scores[player] = max(b.scores[player], score)
}

// Each calls fn with every player and score.
func (b *Board) Each(fn func(player string, score int)) {
	b.RLock()
	defer b.RUnlock()
	for player, score := range b.scores {
		fn(player, score)
	}
}

// Rank is one more than the number of players with a better score.
func (b *Board) Rank(score int) int {
	b.RLock()
	defer b.RUnlock()
	rank := 1
	for _, other := range b.scores {
		if other > score {
			rank++
		}
	}
	return rank
}

// Lines returns all players, the best first.
func (b *Board) Lines() []Line {
	var lines []Line
	b.Each(func(player string, score int) {
		lines = append(lines, Line{player, b.Rank(score)})
	})
	slices.SortFunc(lines, func(x, y Line) int { return x.Rank - y.Rank })
	return lines
}
