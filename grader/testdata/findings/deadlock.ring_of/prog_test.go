package prog

import (
	"sync"
	"testing"
)

func TestEat(t *testing.T) {
	var forks [3]Fork
	var all, wg sync.WaitGroup
	all.Add(3)
	meet := func() { all.Done(); all.Wait() }
	for i := range forks {
		wg.Go(func() { Eat(&forks[i], &forks[(i+1)%3], meet) })
	}
	wg.Wait()
}
