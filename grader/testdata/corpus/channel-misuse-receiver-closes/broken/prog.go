package corpus

import (
	"iter"
	"strings"
)

// Match is a line in which the word was found.
type Match struct {
	Line int
	Text string
}

// scan sends the lines with the word, and closes the channel at the end.
func scan(lines iter.Seq[string], word string, out chan<- Match, stop <-chan struct{}) {
	number := 0
	for line := range lines {
		number++
		if !strings.Contains(line, word) {
			continue
		}
		select {
		case out <- Match{number, line}:
		case <-stop:
			return
		}
	}
	out <- Match{}
}

// First returns the first limit lines that contain the word.
func First(text, word string, limit int) []Match {
	found, stop := make(chan Match, 1), make(chan struct{})
	go scan(strings.Lines(text), word, found, stop)
	var matches []Match
	for m := range found {
		if m.Line == 0 {
			break
		}
		matches = append(matches, m)
		if len(matches) == limit {
			close(found)
			break
		}
	}
	close(stop)
	return matches
}
