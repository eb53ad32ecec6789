package corpus

import (
	"errors"
	"sync"
)

// ErrShort is returned when an account cannot pay.
var ErrShort = errors.New("ledger: insufficient funds")

// Account is one balance, in cents.
type Account struct {
	mu      sync.Mutex
	balance int64
}

// Ledger holds accounts, numbered from zero. It may be used concurrently.
type Ledger struct {
	accounts []Account
}

// NewLedger opens n accounts with the same balance.
func NewLedger(n int, opening int64) *Ledger {
	l := &Ledger{accounts: make([]Account, n)}
	for i := range l.accounts {
		l.accounts[i].balance = opening
	}
	return l
}

// Transfer moves amount from one account to another in one step. The lower
// number is locked first, so that opposite transfers do not block each other.
func (l *Ledger) Transfer(from, to int, amount int64) error {
	first, second := &l.accounts[min(from, to)], &l.accounts[max(from, to)]
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if l.accounts[from].balance < amount {
		return ErrShort
	}
	l.accounts[from].balance -= amount
	l.accounts[to].balance += amount
	return nil
}

// Total is the sum of all balances.
func (l *Ledger) Total() int64 {
	var sum int64
	for i := range l.accounts {
		l.accounts[i].mu.Lock()
		sum += l.accounts[i].balance
		l.accounts[i].mu.Unlock()
	}
	return sum
}
