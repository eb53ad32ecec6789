package corpus

import (
	"sync"
	"sync/atomic"
)

// Warmer fills a cache before traffic arrives.
type Warmer struct {
	fetch   func(key string) string
	entries sync.Map // key -> value
	wasted  atomic.Int64
	loading sync.WaitGroup
}

// NewWarmer returns a warmer that gets its values from fetch.
func NewWarmer(fetch func(key string) string) *Warmer {
	return &Warmer{fetch: fetch}
}

// Warm loads the keys side by side and returns when all of them are there.
func (w *Warmer) Warm(keys ...string) {
	w.loading.Add(len(keys))
	for _, key := range keys {
		go w.load(key)
	}
	w.loading.Wait()
}

func (w *Warmer) load(key string) {
	defer w.loading.Done()
	if _, ok := w.entries.Load(key); ok {
		return
	}
	value := w.fetch(key)
	if _, loaded := w.entries.LoadOrStore(key, value); loaded {
		w.wasted.Add(1)
	}
}

// Get returns a value that was loaded.
func (w *Warmer) Get(key string) (string, bool) {
	v, ok := w.entries.Load(key)
	if !ok {
		return "", false
	}
	return v.(string), true
}

// Wasted returns how many fetches were for nothing.
func (w *Warmer) Wasted() int { return int(w.wasted.Load()) }
