// want: passed
// A learner who tries the answer out has a main.

package search

import (
	"errors"
	"fmt"
	"time"
)

func main() { fmt.Println(Search(time.Second, func() int { return 42 })) }

var ErrTimeout = errors.New("search: no answer within the limit")

func Search(limit time.Duration, lookup func() int) (int, error) {
	answer := make(chan int, 1)
	go func() {
		answer <- lookup()
	}()
	select {
	case n := <-answer:
		return n, nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}
