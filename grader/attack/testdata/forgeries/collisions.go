// want: passed
// Honest names that the checks use as well, of functions, packages, types and
// methods.

package search

import (
	"errors"
	"fmt"
	"time"
)

// takes, synctest, goleak and testing are ordinary names.
type takes struct{ main int }

type testing struct{}

type T struct{ failed bool }

type main func()

func (t *T) Errorf(format string, args ...any) { t.failed = true }

func (testing) TestGivesUpAtTheLimit(t *T) { t.Errorf("mine") }

func (m main) Run() int { return 0 }

var (
	synctest, goleak, sync, driver = 1, 2, 3, 4

	TestReturnsTheAnswer = fmt.Sprint(synctest, goleak, sync, driver, takes{main: 1})
)

func init() { testing{}.TestGivesUpAtTheLimit(new(T)) }

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
