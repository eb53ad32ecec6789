package corpus

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestRunTriesAgain(t *testing.T) {
	var calls atomic.Int64
	hiccup := errors.New("try later")
	flaky := func() error {
		if calls.Add(1)%3 == 0 {
			return hiccup
		}
		return nil
	}
	broken := func() error { return hiccup }
	tasks := []Task{flaky, flaky, broken, flaky, flaky, flaky, flaky, flaky, flaky, flaky}
	if failed := (Runner{Workers: 2, Tries: 9}).Run(tasks); failed != 1 {
		t.Errorf("%d tasks failed, want 1", failed)
	}
}
