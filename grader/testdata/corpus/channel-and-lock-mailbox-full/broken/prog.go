package corpus

import (
	"errors"
	"sync"
)

// ErrClosed is returned by a mailbox that takes no more letters.
var ErrClosed = errors.New("mailbox: closed")

// Mailbox is a bounded queue of letters that counts what goes through it.
type Mailbox struct {
	letters chan string

	mu       sync.Mutex
	in, out  int
	senders  sync.WaitGroup
	isClosed bool
}

// NewMailbox returns a mailbox with room for size letters.
func NewMailbox(size int) *Mailbox {
	return &Mailbox{letters: make(chan string, size)}
}

// Send puts a letter in. It waits while the mailbox is full.
func (m *Mailbox) Send(letter string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.isClosed {
		return ErrClosed
	}
	m.senders.Add(1)
	defer m.senders.Done()
	m.in++
	m.letters <- letter
	return nil
}

// Receive takes a letter out. It waits while the mailbox is empty; ok is false
// once it is closed and empty.
func (m *Mailbox) Receive() (letter string, ok bool) {
	letter, ok = <-m.letters
	if ok {
		m.mu.Lock()
		m.out++
		m.mu.Unlock()
	}
	return letter, ok
}

// Close lets the letters that are on their way arrive and takes no more. It is
// called once.
func (m *Mailbox) Close() {
	m.mu.Lock()
	m.isClosed = true
	m.mu.Unlock()
	m.senders.Wait()
	close(m.letters)
}

// Waiting is the number of letters that nobody has received.
func (m *Mailbox) Waiting() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.in - m.out
}
