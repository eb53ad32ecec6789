package measure

import (
	"cmp"
	"context"
	"maps"
	"os"
	"time"
)

// Memory is what is resident while one verdict on a passing answer is made, in
// bytes.
type Memory struct {
	// Peak is the most that the processes of a verdict had together, Idle what
	// those have that wait for the next one, Own what this process has.
	Peak int64 `json:"peak_bytes"`
	Idle int64 `json:"idle_bytes"`
	Own  int64 `json:"own_bytes"`
}

// lookEvery is how often memory is looked at: a hundredth of a verdict.
const lookEvery = 2 * time.Millisecond

// peakVerdicts is how many are watched: what one look misses, another sees.
func (c Config) peakVerdicts() int { return min(c.Rounds, 5) }

// memory watches verdicts while nothing else is done.
func (c Config) memory(ctx context.Context) (Memory, error) {
	ex := c.Exercises[0]
	passing, _ := answersTo(ex)
	var m Memory
	if err := c.Once.Close(); err != nil { // what it keeps ready would be counted with the rest
		return m, err
	}
	for range c.peakVerdicts() {
		before := descendants(os.Getpid())
		looks, err := watchMemory(func() error {
			_, err := judge(ctx, c.Grader, ex.Slug, passing, passing.fresh())
			return err
		})
		if err != nil {
			return m, cmp.Or(ctx.Err(), err)
		}
		idle := waiting(before)
		for _, look := range looks {
			maps.DeleteFunc(look, func(pid int, p process) bool { return idle[pid].began == p.began })
			m.Peak = max(m.Peak, resident(look))
		}
		m.Idle = max(m.Idle, resident(idle))
		c.Step()
	}
	if p, ok := readProcess(os.Getpid()); ok {
		m.Own = p.resident
	}
	return m, nil
}

// waiting are those that were there before a verdict and still are.
func waiting(before map[int]process) map[int]process {
	idle := make(map[int]process)
	for pid, p := range before {
		if p.lives() {
			idle[pid] = p
		}
	}
	return idle
}

func resident(all map[int]process) int64 {
	var sum int64
	for p := range maps.Values(all) {
		sum += p.resident
	}
	return sum
}

// watchMemory looks at this process' descendants while something is done.
func watchMemory(do func() error) ([]map[int]process, error) {
	done := make(chan error, 1)
	go func() { done <- do() }()
	again := time.NewTicker(lookEvery)
	defer again.Stop()
	var looks []map[int]process
	for {
		select {
		case err := <-done:
			return looks, err
		case <-again.C:
			looks = append(looks, descendants(os.Getpid()))
		}
	}
}
