package corpus

import (
	"context"
	"fmt"
	"sync"
)

// Source is where values come from.
type Source interface {
	Get(key string) (string, error)
	// Updates returns a channel of new values, for as long as ctx lives.
	Updates(ctx context.Context, key string) <-chan string
}

// Watch is a value that is kept up to date.
type Watch struct {
	cancel context.CancelFunc
	done   chan struct{}
	mu     sync.Mutex
	value  string
}

// NewWatch begins to follow a key. The watch must be closed, unless there is an
// error.
func NewWatch(ctx context.Context, src Source, key string) (*Watch, error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watch{cancel: cancel, done: make(chan struct{})}
	go w.follow(ctx, src.Updates(ctx, key))
	value, err := src.Get(key)
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("watching %q: %w", key, err)
	}
	w.set(value)
	return w, nil
}

func (w *Watch) follow(ctx context.Context, updates <-chan string) {
	defer close(w.done)
	for {
		select {
		case v := <-updates:
			w.set(v)
		case <-ctx.Done():
			return
		}
	}
}

func (w *Watch) set(v string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.value = v
}

// Value returns the latest value.
func (w *Watch) Value() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.value
}

// Close ends the watch.
func (w *Watch) Close() {
	w.cancel()
	<-w.done
}
