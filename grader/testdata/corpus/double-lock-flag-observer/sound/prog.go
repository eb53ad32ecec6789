package corpus

import "sync"

// Flags holds feature flags and tells observers of every change.
type Flags struct {
	mu        sync.Mutex
	on        map[string]bool
	observers []func(name string)
}

// NewFlags returns a set in which every flag is off.
func NewFlags() *Flags {
	return &Flags{on: make(map[string]bool)}
}

// Observe registers fn, which is called with the name of each flag that changes.
func (f *Flags) Observe(fn func(name string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.observers = append(f.observers, fn)
}

// Enabled reports whether the flag is on.
func (f *Flags) Enabled(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.on[name]
}

// Set switches a flag. Observers hear of it only if that changes anything.
func (f *Flags) Set(name string, on bool) {
	f.mu.Lock()
	if f.on[name] == on {
		f.mu.Unlock()
		return
	}
	f.on[name] = on
	observers := f.observers
	f.mu.Unlock()
	for _, fn := range observers {
		fn(name)
	}
}
