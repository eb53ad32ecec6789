package prog

import "sync"

// Board shows the latest line.
type Board struct {
	mu    sync.Mutex
	lines chan string
	last  string
}

// New returns a board.
func New() *Board { return &Board{lines: make(chan string)} }

// Follow shows the lines as they come.
func (b *Board) Follow(begun chan bool) {
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		close(begun)
		b.last = <-b.lines
	}()
}

// Write writes a line, unless it is there already.
func (b *Board) Write(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if line != b.last {
		b.lines <- line
	}
}
