package prog

import "time"

// Patience waits for an answer, but not for ever.
func Patience(limit time.Duration) int {
	answers := make(chan int)
	select {
	case n := <-answers:
		return n
	case <-time.After(limit):
		return 0
	}
}
