package driver_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode"

	"manche/grader/harness/driver"
)

// actor is a goroutine that does what it is told, one thing after the other.
type actor chan func()

// act starts one, which is alive from then on.
func act(wg *sync.WaitGroup) actor {
	a := make(actor)
	wg.Go(func() {
		for f := range a {
			f()
		}
	})
	a.do(driver.Alive)
	return a
}

// do has it done, and waits for that.
func (a actor) do(f func()) {
	done := make(chan struct{})
	a <- func() { f(); close(done) }
	<-done
}

// ring is the first ring of an attempt in which goroutines take locks as the lines
// say: "1 GAb" is the first one taking G, A and then b for reading, and releasing
// them. Nothing happens at the same time; late are the goroutines that begin
// with their first line.
func ring(late string, lines ...string) string {
	driver.Forget()
	var wg sync.WaitGroup
	defer wg.Wait()
	locks, actors := make(map[rune]*sync.RWMutex), make(map[string]actor)
	begin := func(name string) {
		if actors[name] == nil {
			actors[name] = act(&wg)
		}
	}
	for _, line := range lines {
		if name, _, _ := strings.Cut(line, " "); !strings.Contains(late, name) {
			begin(name)
		}
	}
	for _, line := range lines {
		name, taken, _ := strings.Cut(line, " ")
		begin(name)
		for _, l := range taken {
			id := unicode.ToUpper(l)
			if locks[id] == nil {
				locks[id] = new(sync.RWMutex)
			}
			actors[name].do(func() { driver.Acquire(locks[id], l == id, line) })
		}
		for _, l := range taken {
			actors[name].do(func() { driver.Release(locks[unicode.ToUpper(l)]) })
		}
	}
	for _, a := range actors {
		close(a)
	}
	var said []string
	found, _ := driver.Rings()
	for _, found := range found {
		for _, step := range found {
			said = append(said, step.Wants)
		}
	}
	return strings.Join(said, ", ")
}

// Locks that goroutines take in both orders can deadlock, unless something else
// keeps them from meeting there.
func TestRings(t *testing.T) {
	for name, tt := range map[string]struct {
		late  string
		lines []string
		want  string
	}{
		"one order":                  {"", []string{"1 AB", "2 AB"}, ""},
		"both orders":                {"", []string{"1 AB", "2 BA"}, "1 AB, 2 BA"},
		"one goroutine":              {"", []string{"1 AB", "1 BA"}, ""},
		"over before the other one":  {"2", []string{"1 AB", "2 BA"}, ""},
		"and once more":              {"2", []string{"1 AB", "2 BA", "1 AB"}, "1 AB, 2 BA"},
		"reading one on both sides":  {"", []string{"1 Ab", "2 bA"}, ""},
		"reading only":               {"", []string{"1 ab", "2 ba"}, ""},
		"under a common lock":        {"", []string{"1 GAB", "2 GBA"}, ""},
		"read by both":               {"", []string{"1 gAB", "2 gBA"}, "1 gAB, 2 gBA"},
		"under two that differ":      {"", []string{"1 GAB", "2 HBA"}, "1 GAB, 2 HBA"},
		"the second time without":    {"", []string{"1 GAB", "1 AB", "2 GBA"}, "1 AB, 2 GBA"},
		"the first time without":     {"", []string{"1 AB", "1 GAB", "2 GBA"}, "1 AB, 2 GBA"},
		"each time under one of two": {"", []string{"1 GAB", "1 HAB", "2 GHBA"}, ""},
		"three":                      {"", []string{"1 AB", "2 BC", "3 CA"}, "1 AB, 2 BC, 3 CA"},
		"three, two of them guarded": {"", []string{"1 GAB", "2 GBC", "3 CA"}, ""},
		"four":                       {"", []string{"1 AB", "2 BC", "3 CD", "4 DA"}, "1 AB, 2 BC, 3 CD, 4 DA"},
		"five":                       {"", []string{"1 AB", "2 BC", "3 CD", "4 DE", "5 EA"}, ""},
		"behind a way that ends":     {"", []string{"1 XA", "2 AB", "3 BY", "4 BA"}, "2 AB, 4 BA"},
	} {
		if got := ring(tt.late, tt.lines...); got != tt.want {
			t.Errorf("%s: %q: got %q, want %q", name, tt.lines, got, tt.want)
		}
	}
}

// crowd is an attempt of goroutines that each take two of ten locks, one goroutine
// after the other. Those from late on begin when the ones before are done, and take
// them in the reverse order.
func crowd(n, late int) {
	driver.Forget()
	var wg sync.WaitGroup
	defer wg.Wait()
	var locks [10]sync.Mutex
	actors := make([]actor, n)
	for i := range actors[:late] {
		actors[i] = act(&wg)
	}
	for i := range actors {
		first := i % 9
		second := first + 1 + i/9%(9-first)
		if i >= late {
			actors[i] = act(&wg)
			first, second = second, first
		}
		actors[i].do(func() {
			driver.Acquire(&locks[first], true, "bank.go:7")
			driver.Acquire(&locks[second], true, "bank.go:8")
			driver.Release(&locks[second])
			driver.Release(&locks[first])
		})
		close(actors[i])
	}
}

// The search does not take long where many goroutines take locks: no time at all
// where they have one order, and not for ever where only their time rules rings out.
func TestSearchIsBounded(t *testing.T) {
	for _, tt := range []struct{ goroutines, late, most int }{{500, 500, 0}, {500, 250, driver.MaxSteps}} {
		crowd(tt.goroutines, tt.late)
		if found, tried := driver.Rings(); found != nil || tried > tt.most {
			t.Errorf("%d goroutines, %d of them late: found %v, tried %d pairs, want none, %d at most", tt.goroutines, tt.goroutines-tt.late, found, tried, tt.most)
		}
	}
}

func BenchmarkRings(b *testing.B) {
	for _, late := range []int{500, 250} {
		crowd(500, late)
		b.Run(fmt.Sprintf("late=%d", 500-late), func(b *testing.B) {
			for b.Loop() {
				driver.Rings()
			}
		})
	}
}

// What stands at the head of a function may be called often.
func BenchmarkAlive(b *testing.B) {
	driver.FindGoid()
	crowd(500, 500)
	for b.Loop() {
		driver.Alive()
	}
}
