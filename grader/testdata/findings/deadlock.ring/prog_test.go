package prog

import (
	"sync"
	"testing"
)

func TestTransfer(t *testing.T) {
	var a, b Account
	var both, wg sync.WaitGroup
	both.Add(2)
	meet := func() { both.Done(); both.Wait() }
	wg.Go(func() { Transfer(&a, &b, 1, meet) })
	wg.Go(func() { Transfer(&b, &a, 1, meet) })
	wg.Wait()
}
