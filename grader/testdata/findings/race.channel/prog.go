package prog

// Inbox keeps the latest messages.
type Inbox struct{ messages chan string }

// Open returns an inbox for n messages.
func Open(n int) *Inbox { return &Inbox{make(chan string, n)} }

// Put adds a message in the background.
func (b *Inbox) Put(text string, put func()) {
	go func() {
		b.messages <- text
		put()
	}()
}

// Close takes no more messages.
func (b *Inbox) Close() {
	defer close(b.messages)
}
