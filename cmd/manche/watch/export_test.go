package watch

import "github.com/fsnotify/fsnotify"

// The delays, for tests in a bubble of time.
const (
	Quiet   = quiet
	Longest = longest
)

// Scripted returns a watcher of folder that is told what happens, and adds nothing.
func Scripted(folder string, events <-chan fsnotify.Event, errors <-chan error, names ...string) *Watcher {
	return &Watcher{
		folder: folder, names: names, events: events, errors: errors,
		add: func(string) error { return nil }, close: func() error { return nil },
	}
}
