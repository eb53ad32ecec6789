package corpus

import (
	"sync"
	"time"
)

// Window sums up the latencies of an interval.
type Window struct {
	Count int
	Sum   time.Duration
	Max   time.Duration
}

// Mean returns the mean latency, or 0 of an empty window.
func (w Window) Mean() time.Duration {
	if w.Count == 0 {
		return 0
	}
	return w.Sum / time.Duration(w.Count)
}

// Latency measures in windows, one after the other. The zero value is ready.
type Latency struct {
	mu      sync.Mutex
	current Window
}

// Observe takes one measurement into the current window.
func (l *Latency) Observe(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current.Count++
	l.current.Sum += d
	l.current.Max = max(l.current.Max, d)
}

// Rotate ends the current window, returns it and begins a new one. Every
// measurement is in exactly one window.
func (l *Latency) Rotate() Window {
	ended := l.current
	l.mu.Lock()
	defer l.mu.Unlock()
	l.current = Window{}
	return ended
}
