package ferry

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// day is a day with two crossings.
func day() map[string]int { return map[string]int{"Groix": 2, "Ouessant": 1} }

// opened opens a board that shows nothing for an hour, closed by the test.
func opened(t *testing.T) *Board {
	b := Open(day(), time.Hour, func(map[string]int) {})
	t.Cleanup(b.Close)
	return b
}

// pass lets d of virtual time pass, and whatever happens then.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// takes is a station that needs d of virtual time for its answer.
func takes(d time.Duration, height int) func() int {
	return func() int {
		<-time.After(d)
		return height
	}
}

func TestShowsTheFreeSeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var shown []int
		b := Open(day(), time.Minute, func(free map[string]int) { shown = append(shown, free["Groix"]) })
		pass(90 * time.Second)
		b.Book("Groix")
		pass(time.Minute)
		b.Close()
		pass(time.Second) // long before the next
		if want := []int{2, 1}; !slices.Equal(shown, want) {
			t.Errorf("every 1m, a seat sold after 1m30s, closed after 2m30s: showed %v, want %v", shown, want)
		}
	})
}

func TestShowsNothingOnceClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var shown atomic.Int64
		b := Open(day(), time.Minute, func(map[string]int) { shown.Add(1) })
		pass(90 * time.Second)
		b.Close()
		b.Close()
		pass(time.Hour)
		if got := shown.Load(); got != 1 {
			t.Errorf("every 1m, closed after 1m30s: shown %d times in 1h, want once", got)
		}
		if err := b.Book("Groix"); err != nil {
			t.Errorf("Book(Groix) once closed: error %v, want nil", err)
		}
	})
}

func TestSellsEachSeatOnce(t *testing.T) {
	b := opened(t)
	var sold atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			switch err := b.Book("Groix"); {
			case err == nil:
				sold.Add(1)
			case !errors.Is(err, ErrFull):
				t.Errorf("Book(Groix), when it is full: error %v, want ErrFull", err)
			}
		})
	}
	wg.Wait()
	if got, free := sold.Load(), b.Free(); got != 2 || free["Groix"] != 0 || free["Ouessant"] != 1 {
		t.Errorf("2 seats, 8 buyers: %d sold, %v left, want 2 sold, map[Groix:0 Ouessant:1] left", got, free)
	}
}

func TestShowsWhileItSells(t *testing.T) {
	const seats = 100
	b := Open(map[string]int{"Groix": seats}, time.Hour, func(map[string]int) {})
	t.Cleanup(b.Close)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range seats {
			b.Free()
		}
	})
	wg.Go(func() {
		for range seats {
			b.Book("Groix")
		}
	})
	wg.Wait()
	if free := b.Free()["Groix"]; free != 0 {
		t.Errorf("%d seats, as many sold: %d left, want none", seats, free)
	}
}

// In real time: a lock that is never released would stop a bubble's clock.
func TestSellsAfterAnUnknownCrossing(t *testing.T) {
	b := opened(t)
	if err := b.Book("Atlantis"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Book(Atlantis): error %v, want ErrUnknown", err)
	}
	go func() { // which must come to its end
		if err := b.Book("Groix"); err == nil {
			b.Free()
		}
	}()
}

func TestTakesTheFirstAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		got, err := Tide(t.Context(), takes(time.Hour, 7), takes(time.Second, 6), takes(time.Minute, 8))
		if took := time.Since(start); got != 6 || err != nil || took != time.Second {
			t.Errorf("Tide(7 after 1h, 6 after 1s, 8 after 1m) = %d, %v after %v, want 6, nil after 1s", got, err, took)
		}
		pass(2 * time.Hour) // every station has answered by then
	})
}

func TestGivesUpWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		got, err := Tide(ctx, takes(time.Hour, 7))
		if took := time.Since(start); got != 0 || !errors.Is(err, context.DeadlineExceeded) || took != time.Second {
			t.Errorf("ctx ends after 1s, Tide(7 after 1h) = %d, %v after %v, want 0, ctx.Err() after 1s", got, err, took)
		}
		pass(2 * time.Hour)
	})
}

func TestSaysEverythingInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		defer pass(time.Hour) // for whatever Announce left running
		messages := []string{"all aboard", "doors closing", "departure"}
		var said [3][]string
		var speakers []func(string)
		for i := range said {
			speakers = append(speakers, func(message string) {
				<-time.After(time.Second)
				said[i] = append(said[i], message)
			})
		}
		start := time.Now()
		Announce(messages, speakers...)
		took := time.Since(start)
		synctest.Wait() // orders what an early return left behind
		for i := range said {
			if !slices.Equal(said[i], messages) {
				t.Errorf("when Announce returned, speaker %d had said %q, want %q", i+1, said[i], messages)
			}
		}
		if took > 3*time.Second {
			t.Errorf("3 speakers, 3 messages of 1s each: Announce took %v, want 3s", took)
		}
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	b := Open(day(), 100*time.Microsecond, func(free map[string]int) { maps.DeleteFunc(free, func(string, int) bool { return true }) })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			b.Book("Ouessant")
			runtime.Gosched()
			b.Free()
			if _, err := Tide(t.Context(), func() int { return 6 }, func() int { return 6 }); err != nil {
				t.Errorf("Tide(6 at once, 6 at once): error %v, want nil", err)
			}
			Announce([]string{"all aboard"}, func(string) { runtime.Gosched() }, func(string) {})
		})
	}
	wg.Wait()
	b.Close()
}
