package merge

import (
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

// collect receives until the channel is closed.
func collect(out <-chan int) []int {
	var got []int
	for v := range out {
		got = append(got, v)
	}
	return got
}

// split parts the values by their hundreds, which say whose they are.
func split(values []int, inputs int) [][]int {
	parts := make([][]int, inputs)
	for _, v := range values {
		if from := v / 100; from < inputs {
			parts[from] = append(parts[from], v)
		}
	}
	return parts
}

func TestDeliversEachValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inputs := [][]int{{1, 2, 3}, {101, 102}, {201}}
		got := collect(Merge(holding(inputs[0]...), holding(inputs[1]...), holding(inputs[2]...)))
		if len(got) != 6 {
			t.Errorf("3 inputs with 6 values in all: %d came out, want each once: %v", len(got), got)
		}
		for from, part := range split(got, len(inputs)) {
			if !slices.Equal(part, inputs[from]) {
				t.Errorf("of the input with %v came %v", inputs[from], part)
			}
		}
	})
}

func TestEndsWithItsInputs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := collect(Merge()); len(got) > 0 {
			t.Errorf("no inputs: got %v, want nothing", got)
		}
		if got := collect(Merge(holding(), holding())); len(got) > 0 {
			t.Errorf("2 inputs, closed and empty: got %v, want nothing", got)
		}
	})
}

// The first input stays open and silent.
func TestWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent, busy := make(chan int), make(chan int)
		out := Merge(silent, busy)
		go func() {
			defer close(silent)
			defer close(busy)
			select {
			case busy <- 101:
				<-time.After(time.Minute)
			case <-time.After(time.Second):
				t.Error("one input is silent, the other sends: its value was not taken")
			}
		}()
		start := time.Now()
		got := collect(out)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("the inputs were closed after 1m, the output after %v", took)
		}
		if want := []int{101}; len(got) > 0 && !slices.Equal(got, want) {
			t.Errorf("one input is silent, the other sends 101: got %v", got)
		}
	})
}

// One input ends when nothing else happens, then the other one sends.
func TestStaysOpenForTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, last := make(chan int), make(chan int)
		out := Merge(first, last)
		go func() {
			close(first)
			synctest.Wait() // what that close sets off is over
			defer close(last)
			select {
			case last <- 101:
			case <-time.After(time.Second):
				t.Error("of two inputs, the first is closed: the second one's value was not taken")
			}
		}()
		if got, want := collect(out), []int{101}; !slices.Equal(got, want) {
			t.Errorf("of two inputs, the first is closed, then the second sends 101: got %v, want %v", got, want)
		}
		<-time.After(time.Minute) // for a send that comes after that
	})
}

// In real time, so that the race detector sees accesses that nothing orders.
func TestServesManyAtOnce(t *testing.T) {
	const callers, count, values = 4, 8, 16
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			var inputs []<-chan int
			for from := range count {
				var mine []int
				for i := range values {
					mine = append(mine, 100*from+i)
				}
				inputs = append(inputs, holding(mine...))
			}
			if got := collect(Merge(inputs...)); len(got) != count*values {
				t.Errorf("%d inputs of %d values: %d came out, want %d", count, values, len(got), count*values)
			}
		})
	}
	wg.Wait()
}
