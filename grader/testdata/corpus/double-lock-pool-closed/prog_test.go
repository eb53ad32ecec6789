package corpus

import (
	"errors"
	"sync"
	"testing"
)

func TestCloseWhileInUse(t *testing.T) {
	var pool Pool
	done := make(chan struct{}, 3)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			defer func() { done <- struct{}{} }()
			for range 3 {
				c, err := pool.Get()
				if errors.Is(err, ErrClosed) {
					return
				}
				pool.Put(c)
			}
		})
	}
	<-done
	<-done
	pool.Close()
	wg.Wait()
	if n := pool.Idle(); n != 0 {
		t.Errorf("%d idle connections in a closed pool", n)
	}
}
