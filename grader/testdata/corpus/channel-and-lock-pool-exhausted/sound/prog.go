package corpus

import "sync"

// Buffer is scratch memory for one request.
type Buffer struct {
	Data []byte
}

// Buffers lends buffers. It makes a limited number of them, when they are
// needed, and after that lets borrowers wait for one another.
type Buffers struct {
	limit int
	size  int
	free  chan *Buffer

	mu   sync.Mutex
	made int
	lent int
}

// NewBuffers returns a lender of at most limit buffers of size bytes.
func NewBuffers(limit, size int) *Buffers {
	return &Buffers{limit: limit, size: size, free: make(chan *Buffer, limit)}
}

// Borrow returns an empty buffer, which the caller gives back.
func (b *Buffers) Borrow() *Buffer {
	b.mu.Lock()
	b.lent++
	select {
	case buf := <-b.free:
		b.mu.Unlock()
		return buf
	default:
	}
	if b.made < b.limit {
		b.made++
		b.mu.Unlock()
		return &Buffer{Data: make([]byte, 0, b.size)}
	}
	b.mu.Unlock()
	return <-b.free
}

// Return takes a buffer back.
func (b *Buffers) Return(buf *Buffer) {
	buf.Data = buf.Data[:0]
	b.mu.Lock()
	b.lent--
	b.mu.Unlock()
	b.free <- buf
}

// Lent is how many buffers are with borrowers or waited for.
func (b *Buffers) Lent() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lent
}
