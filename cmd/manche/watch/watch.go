// Package watch tells when the files of a course have changed.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// One save is several changes: an editor writes another file, syncs it, and puts
// it in the place of the first.
const (
	// quiet is how long nothing may change before the changes are told: editors
	// need some 5 ms for a save, and a reader sees no delay below 50.
	quiet = 15 * time.Millisecond
	// longest is how late the changes are told while they go on, as where a branch
	// is checked out.
	longest = 150 * time.Millisecond
)

// Watcher watches some entries of a folder, with all that is below them. They may
// come and go. It is used by one goroutine; the one that it has of its own ends
// with [Watcher.Close].
type Watcher struct {
	folder string
	names  []string
	add    func(folder string) error
	events <-chan fsnotify.Event
	errors <-chan error
	close  func() error
}

// Open begins to watch those entries of folder that have one of the names. The
// error tells what the system does not let us watch.
func Open(folder string, names ...string) (*Watcher, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("watching the course: %w", err)
	}
	system, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching the course: %w", err)
	}
	w := &Watcher{folder: folder, names: names, add: system.Add, events: system.Events, errors: system.Errors, close: system.Close}
	if err := w.addAll(); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// Close ends the watching and waits for it.
func (w *Watcher) Close() error { return w.close() }

// Next returns nil after a change, as soon as the files have been still for a
// moment; what changed before the call counts as well. All is watched anew then: a
// folder that is given another name loses its watch at a time of the system's
// choice. The error is that of ctx, or tells why nothing can be watched any more.
func (w *Watcher) Next(ctx context.Context) error {
	var still, late <-chan time.Time // nil until something has changed
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-still:
			select {
			case e := <-w.events: // it is we who were late
				if _, err := w.take(e); err != nil {
					return err
				}
			default:
				return w.addAll()
			}
		case <-late:
			return w.addAll()
		case e := <-w.events:
			ours, err := w.take(e)
			if err != nil {
				return err
			}
			if !ours {
				continue
			}
		case err := <-w.errors:
			if err := w.recover(err); err != nil {
				return err
			}
		}
		still = time.After(quiet)
		if late == nil {
			late = time.After(longest)
		}
	}
}

// take reports whether an event is a change, and watches what has come.
func (w *Watcher) take(e fsnotify.Event) (ours bool, err error) {
	if !w.watches(e.Name) || e.Op == fsnotify.Chmod {
		return false, nil
	}
	if e.Has(fsnotify.Create) {
		err = w.addBelow(e.Name)
	}
	return true, err
}

// recover goes on after an error where that can be done: what was not told is
// looked for.
func (w *Watcher) recover(err error) error {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		return w.addAll()
	}
	return fmt.Errorf("watching the course: %w", err)
}

// watches reports whether a path is that of a file of ours. What editors write
// beside it is none.
func (w *Watcher) watches(path string) bool {
	rel, err := filepath.Rel(w.folder, path)
	if err != nil || Hidden(filepath.Base(path)) {
		return false
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return slices.Contains(w.names, first)
}

// Hidden reports whether a file of this name is one that an editor, or the system,
// keeps beside those of the author.
func Hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "#") || strings.HasSuffix(name, "~") || name == "4913"
}

// addAll watches all that there is.
func (w *Watcher) addAll() error {
	if err := w.add(w.folder); err != nil {
		return fmt.Errorf("watching %s: %w", w.folder, err)
	}
	for _, name := range w.names {
		if err := w.addBelow(filepath.Join(w.folder, name)); err != nil {
			return err
		}
	}
	return nil
}

// addBelow watches a folder with those below it. Each is watched before it is
// read, so that nothing comes unseen in between. What is gone already is no error.
func (w *Watcher) addBelow(path string) error {
	err := filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return gone(err)
		case !d.IsDir():
			return nil
		case Hidden(d.Name()):
			return fs.SkipDir
		}
		return gone(w.add(path))
	})
	if err != nil {
		return fmt.Errorf("watching %s: %w", path, err)
	}
	return nil
}

func gone(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
