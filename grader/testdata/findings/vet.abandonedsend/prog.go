package prog

import "time"

// Ask returns the answer, or 0 once the limit has passed.
func Ask(limit time.Duration, ask func() int) int {
	answer := make(chan int)
	go func() { answer <- ask() }()
	select {
	case n := <-answer:
		return n
	case <-time.After(limit):
		return 0
	}
}
