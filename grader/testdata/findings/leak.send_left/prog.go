package prog

import "time"

// Ask asks, and does not wait for ever.
func Ask(limit time.Duration, fetch func() int) int {
	answer := make(chan int)
	go func() {
		answer <- fetch()
	}()
	select {
	case n := <-answer:
		return n
	case <-time.After(limit):
		return -1
	}
}
