package catalog

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	errDatabase = errors.New("the database is down")
	errCache    = errors.New("the cache is empty")
)

// pass lets d of virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

// settle lets d of virtual time pass, and whatever happens then.
func settle(d time.Duration) {
	pass(d)
	synctest.Wait()
}

// finds is a source that finds titles after d of virtual time.
func finds(d time.Duration, titles ...string) Source {
	return func(ctx context.Context, _ string) ([]string, error) {
		select {
		case <-time.After(d):
			return titles, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// fails is a source that fails after d of virtual time.
func fails(d time.Duration, err error) Source {
	return func(context.Context, string) ([]string, error) {
		pass(d)
		return nil, err
	}
}

// stuck is a source that does not answer, and that takes 10s to give up once its
// context has ended.
func stuck(ctx context.Context, _ string) ([]string, error) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Hour):
	}
	pass(10 * time.Second)
	return nil, ctx.Err()
}

func TestMergesWhatBothFind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked [2]string
		ask := func(i int, s Source) Source {
			return func(ctx context.Context, query string) ([]string, error) {
				asked[i] += query
				return s(ctx, query)
			}
		}
		got, err := Titles(t.Context(), "whales",
			ask(0, finds(time.Second, "Moby-Dick", "In the Heart of the Sea")), ask(1, finds(2*time.Second, "Leviathan", "Moby-Dick")))
		if want := []string{"In the Heart of the Sea", "Leviathan", "Moby-Dick"}; !slices.Equal(got, want) || err != nil {
			t.Errorf("got %q, %v, want %q, nil", got, err, want)
		}
		settle(time.Hour)
		if want := [2]string{"whales", "whales"}; asked != want {
			t.Errorf("the sources were asked for %q, want %q, once each", asked, want)
		}
	})
}

func TestAsksBothAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		Titles(t.Context(), "whales", finds(time.Second, "Moby-Dick"), finds(time.Second, "Leviathan"))
		if took := time.Since(start); took > time.Second {
			t.Errorf("2 × 1s: %v, want 1s", took)
		}
		settle(time.Hour)
	})
}

func TestReturnsWhatCameInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, sources := range [][2]Source{{stuck, finds(2*time.Second, "Leviathan")}, {finds(2*time.Second, "Leviathan"), stuck}} {
			start := time.Now()
			got, err := Titles(t.Context(), "whales", sources[0], sources[1])
			if want := []string{"Leviathan"}; !slices.Equal(got, want) || err != nil {
				t.Errorf("one source is stuck, the other answers after 2s: got %q, %v, want %q, nil", got, err, want)
			}
			if took := time.Since(start); took != Patience {
				t.Errorf("one source is stuck: Titles returned after %v, want 3s", took)
			}
			settle(2 * time.Hour)
		}
	})
}

func TestEndsTheSourcesContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ended [2]time.Duration
		listens := func(i int) Source {
			return func(ctx context.Context, query string) ([]string, error) {
				start := time.Now()
				select {
				case <-ctx.Done():
				case <-time.After(time.Hour):
				}
				ended[i] = time.Since(start)
				return nil, ctx.Err()
			}
		}
		_, err := Titles(t.Context(), "whales", listens(0), listens(1))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no source answers: got error %v, want context.DeadlineExceeded", err)
		}
		settle(2 * time.Hour)
		if want := [2]time.Duration{Patience, Patience}; ended != want {
			t.Errorf("no source answers: their contexts ended after %v, want %v", ended, want)
		}
	})
}

func TestStopsWithTheCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		got, err := Titles(ctx, "whales", stuck, stuck)
		if took := time.Since(start); len(got) != 0 || !errors.Is(err, context.Canceled) || took != time.Second {
			t.Errorf("ctx ends after 1s: got %q, %v after %v, want nothing, context.Canceled after 1s", got, err, took)
		}
		settle(2 * time.Hour)
	})
}

func TestDoesWithoutTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		got, err := Titles(t.Context(), "whales", fails(time.Second, errDatabase), finds(2*time.Second, "Leviathan"))
		if want := []string{"Leviathan"}; !slices.Equal(got, want) || err != nil {
			t.Errorf("the database fails, the cache answers: got %q, %v, want %q, nil", got, err, want)
		}
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("the second answer comes after 2s, Titles returned after %v", took)
		}
		if got, err := Titles(t.Context(), "krakens", finds(time.Second), fails(time.Second, errCache)); len(got) != 0 || err != nil {
			t.Errorf("the database finds nothing, the cache fails: got %q, %v, want nothing, nil", got, err)
		}
		settle(time.Hour)
	})
}

func TestTellsWhyThereIsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := Titles(t.Context(), "whales", fails(2*time.Second, errDatabase), fails(time.Second, errCache))
		if !errors.Is(err, errDatabase) || !errors.Is(err, errCache) {
			t.Errorf("both sources fail: got error %v, want both of theirs", err)
		}
		_, err = Titles(t.Context(), "whales", stuck, fails(time.Second, errCache))
		if !errors.Is(err, errCache) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("one source fails, the other is stuck: got error %v, want the failure and context.DeadlineExceeded", err)
		}
		settle(2 * time.Hour)
	})
}

// In real time, so that the garbage collector can prove a leak.
func TestLeavesNothingBehind(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	gate := make(chan struct{})
	open := sync.OnceFunc(func() { close(gate) })
	// A Titles that waits for its sources would never open the gate itself.
	giveUp := time.AfterFunc(250*time.Millisecond, open)
	defer giveUp.Stop()

	var asked, ended sync.WaitGroup
	asked.Add(2)
	ended.Add(2)
	source := func(context.Context, string) ([]string, error) {
		defer ended.Done()
		asked.Done()
		<-gate
		return []string{"Leviathan"}, nil
	}
	go func() {
		asked.Wait()
		cancel()
	}()
	Titles(ctx, "whales", source, source)
	open()
	ended.Wait()
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			at := func(title string) Source {
				return func(context.Context, string) ([]string, error) {
					runtime.Gosched()
					return []string{title}, nil
				}
			}
			got, err := Titles(t.Context(), "whales", at("Moby-Dick"), at("Leviathan"))
			if want := []string{"Leviathan", "Moby-Dick"}; err == nil && len(got) == 2 && !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	wg.Wait()
}
