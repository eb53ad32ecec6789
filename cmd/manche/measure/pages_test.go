package measure_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"manche/cmd/manche/measure"
)

// The error of a question that nobody waited for counts, even that of the last.
func TestEvenlyTellsOfTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 5
		broken, start := errors.New("no answer"), time.Now()
		var asked atomic.Int64
		err := measure.Evenly(t.Context(), n, time.Second, func(context.Context) error {
			last := asked.Add(1) == n
			<-time.After(time.Minute) // an answer takes far longer than the next question
			if last {
				return broken
			}
			return nil
		})
		if !errors.Is(err, broken) || asked.Load() != n || time.Since(start) != time.Minute+(n-1)*time.Second {
			t.Errorf("%v after %d questions and %v", err, asked.Load(), time.Since(start))
		}
	})
}
