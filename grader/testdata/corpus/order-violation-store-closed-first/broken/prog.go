package corpus

import (
	"fmt"
	"sync"
)

// Store keeps lines by number.
type Store struct {
	mu    sync.Mutex
	lines map[int]string
	size  int
}

// OpenStore returns an empty store.
func OpenStore() *Store { return &Store{lines: make(map[int]string)} }

func (s *Store) put(number int, line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines[number] = line
	s.size += len(line)
}

// Close gives the lines back and ends the store.
func (s *Store) Close() map[int]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := s.lines
	s.lines = nil
	return lines
}

// Journal writes entries to a store in the background.
type Journal struct {
	store *Store
	queue chan string
	wg    sync.WaitGroup
}

// NewJournal returns a journal that writes to the store and closes it at the end.
func NewJournal(store *Store) *Journal {
	j := &Journal{store: store, queue: make(chan string)}
	j.wg.Go(func() {
		number := 0
		for entry := range j.queue {
			number++
			store.put(number, fmt.Sprintf("%04d %s", number, entry))
		}
	})
	return j
}

// Add hands an entry over to be written.
func (j *Journal) Add(entry string) { j.queue <- entry }

// Close writes what was handed over and returns all lines. Nothing may be added
// any more.
func (j *Journal) Close() map[int]string {
	close(j.queue)
	lines := j.store.Close()
	j.wg.Wait()
	return lines
}
