package corpus

import (
	"sync"
	"time"
)

// Limiter lets requests pass at a steady rate, with bursts up to a limit.
// It is safe for concurrent use.
type Limiter struct {
	perSecond float64
	burst     float64
	now       func() time.Time

	mu     sync.Mutex
	tokens float64
	last   time.Time
	denied int
}

// NewLimiter returns a limiter with a full bucket.
func NewLimiter(perSecond float64, burst int, now func() time.Time) *Limiter {
	return &Limiter{perSecond: perSecond, burst: float64(burst), now: now, tokens: float64(burst), last: now()}
}

// Allow reports whether one more request may pass.
func (l *Limiter) Allow() bool {
	if l.take(l.now()) {
		return true
	}
	l.denied++
	return false
}

func (l *Limiter) take(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens = min(l.burst, l.tokens+now.Sub(l.last).Seconds()*l.perSecond)
	l.last = now
	if l.tokens < 1 {
		return false
	}
	l.tokens--
	return true
}

// Denied returns how many requests were turned away.
func (l *Limiter) Denied() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.denied
}
