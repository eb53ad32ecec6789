package corpus

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestStopFromManySides(t *testing.T) {
	for range 5 {
		r := NewRunner()
		ran := 0
		if err := r.Do(func(context.Context) { ran++ }); err != nil {
			t.Errorf("Do: %v", err)
		}
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(r.Stop)
		}
		wg.Wait()
		if ran != 1 {
			t.Errorf("the task ran %d times", ran)
		}
		if err := r.Do(func(context.Context) {}); !errors.Is(err, ErrStopped) {
			t.Errorf("Do after Stop: %v, want %v", err, ErrStopped)
		}
	}
}
