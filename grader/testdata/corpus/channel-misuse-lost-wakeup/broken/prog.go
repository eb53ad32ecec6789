package corpus

import "sync"

// entry is a line and the news that it was written.
type entry struct {
	line    string
	written chan struct{}
}

// Writer collects lines of many goroutines and writes them in batches.
type Writer struct {
	write func(batch []string)
	wake  chan struct{}
	quit  chan struct{}
	wg    sync.WaitGroup

	mu      sync.Mutex
	pending []entry
}

// NewWriter starts a writer. It must be closed.
func NewWriter(write func(batch []string)) *Writer {
	w := &Writer{write: write, wake: make(chan struct{}), quit: make(chan struct{})}
	w.wg.Go(w.loop)
	return w
}

// Append adds a line and returns when it has been written.
func (w *Writer) Append(line string) {
	e := entry{line, make(chan struct{})}
	w.mu.Lock()
	w.pending = append(w.pending, e)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
	<-e.written
}

func (w *Writer) loop() {
	for {
		select {
		case <-w.wake:
			w.flush()
		case <-w.quit:
			return
		}
	}
}

func (w *Writer) flush() {
	w.mu.Lock()
	batch := w.pending
	w.pending = nil
	w.mu.Unlock()
	var lines []string
	for _, e := range batch {
		lines = append(lines, e.line)
	}
	w.write(lines)
	for _, e := range batch {
		close(e.written)
	}
}

// Close ends the writer. Nobody may append any more.
func (w *Writer) Close() {
	close(w.quit)
	w.wg.Wait()
}
