package corpus

import (
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
)

func TestTransfersKeepTheTotal(t *testing.T) {
	const accounts, opening = 40, 1000
	ledger := NewLedger(accounts, opening)
	var tellers sync.WaitGroup
	for range 4 {
		tellers.Go(func() {
			for range 4 {
				err := ledger.Transfer(rand.IntN(accounts), rand.IntN(accounts), 1+rand.Int64N(500))
				if err != nil && !errors.Is(err, ErrShort) {
					t.Errorf("transfer: %v", err)
				}
			}
		})
	}
	tellers.Wait()
	if got, want := ledger.Total(), int64(accounts*opening); got != want {
		t.Errorf("total = %d, want %d", got, want)
	}
}
