package merge

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// holding is an input that is closed and still holds values.
func holding(values ...int) <-chan int {
	in := make(chan int, len(values))
	for _, v := range values {
		in <- v
	}
	close(in)
	return in
}

// collect receives until the channel is closed, or yields more than there can be.
func collect(out <-chan int, most int) []int {
	var got []int
	for v := range out {
		got = append(got, v)
		if len(got) > most {
			break
		}
	}
	return got
}

// from picks the values of one input: their hundreds say whose they are.
func from(input int, values []int) []int {
	return slices.DeleteFunc(slices.Clone(values), func(v int) bool { return v/100 != input })
}

func TestDeliversEachValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		inputs := [][]int{{1, 2, 3}, {101, 102}, {201}}
		got := collect(Merge(ctx, holding(inputs[0]...), holding(inputs[1]...), holding(inputs[2]...)), 6)
		if len(got) != 6 || slices.Contains(got, 0) {
			t.Errorf("3 inputs with 6 values in all: got %v, want each once", got)
		}
		for i, want := range inputs {
			if part := from(i, got); len(got) == 6 && !slices.Equal(part, want) {
				t.Errorf("of the input with %v came %v", want, part)
			}
		}
		if got := collect(Merge(ctx), 0); len(got) > 0 {
			t.Errorf("no inputs: got %v, want nothing", got)
		}
	})
}

// The reader is gone, and so many values wait that no buffer has room for them.
func TestLetsGoOfItsValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		in := make(chan int)
		Merge(ctx, in)
		go func() {
			for v := range 4096 {
				select {
				case in <- v:
				case <-ctx.Done():
					return
				}
			}
		}()
		synctest.Wait() // a value is held by whoever is to send it
		cancel()
		synctest.Wait()
	})
}

// The inputs stay open and silent, and there is no reader.
func TestLeavesASilentInput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		Merge(ctx, make(chan int), make(chan int))
		synctest.Wait()
		cancel()
		synctest.Wait()
	})
}

// The sources hear the same context, and close their channels.
func TestClosesWhenCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		source := func(v int) <-chan int {
			in := make(chan int)
			go func() {
				defer close(in)
				select {
				case in <- v:
				case <-ctx.Done():
				}
				<-ctx.Done()
			}()
			return in
		}
		out := Merge(ctx, source(1), source(101))
		got := []int{<-out, <-out}
		slices.Sort(got)
		if want := []int{1, 101}; !slices.Equal(got, want) {
			t.Errorf("two inputs send 1 and 101: got %v", got)
		}
		cancel()
		if got := collect(out, 0); len(got) > 0 {
			t.Errorf("after the cancel came %v, which no input had sent", got)
		}
	})
}

func TestWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		silent, busy := make(chan int), make(chan int, 1)
		busy <- 101
		defer close(busy)
		defer close(silent)
		select {
		case v, ok := <-Merge(ctx, silent, busy):
			if v != 101 || !ok {
				t.Errorf("one input is silent, the other sends 101: got %d, %t", v, ok)
			}
		case <-time.After(time.Second):
			t.Error("one input is silent, the other sends 101: it did not come")
		}
	})
}

// One input ends when nothing else happens, then the other one sends.
func TestStaysOpenForTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		last := make(chan int)
		out := Merge(ctx, holding(), last)
		synctest.Wait()
		go func() {
			defer close(last)
			select {
			case last <- 101:
			case <-time.After(time.Second):
			}
		}()
		if got, want := collect(out, 1), []int{101}; !slices.Equal(got, want) {
			t.Errorf("of two inputs, the first is closed, then the second sends 101: got %v, want %v", got, want)
		}
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
// Some readers leave early, some stay to the end.
func TestServesManyAtOnce(t *testing.T) {
	const callers, count, values = 8, 8, 16
	var wg sync.WaitGroup
	for caller := range callers {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var inputs []<-chan int
			for i := range count {
				var mine []int
				for j := range values {
					mine = append(mine, 100*i+j+1)
				}
				inputs = append(inputs, holding(mine...))
			}
			out := Merge(ctx, inputs...)
			if caller%2 == 0 {
				<-out
				return
			}
			if got := collect(out, count*values); len(got) != count*values {
				t.Errorf("%d inputs of %d values: %d came out, want %d", count, values, len(got), count*values)
			}
		})
	}
	wg.Wait()
}
