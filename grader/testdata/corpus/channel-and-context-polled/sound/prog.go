package corpus

import (
	"context"
	"sync"
)

// Index counts words in documents, on several workers.
type Index struct {
	mu    sync.Mutex
	words map[string]int
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{words: make(map[string]int)}
}

// Build adds the documents and returns when its workers have ended. When the
// context ends it leaves out the documents that are not begun.
func (x *Index) Build(ctx context.Context, workers int, documents [][]string) error {
	queue := make(chan []string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { x.work(ctx, queue) })
	}
	feed(ctx, queue, documents)
	wg.Wait()
	return ctx.Err()
}

func feed(ctx context.Context, queue chan<- []string, documents [][]string) {
	defer close(queue)
	for _, d := range documents {
		select {
		case queue <- d:
		case <-ctx.Done():
			return
		}
	}
}

func (x *Index) work(ctx context.Context, queue <-chan []string) {
	for ctx.Err() == nil { // a cancelled build begins no document
		d, ok := <-queue
		if !ok {
			return
		}
		x.mu.Lock()
		for _, word := range d {
			x.words[word]++
		}
		x.mu.Unlock()
	}
}

// Count is how often the word was seen.
func (x *Index) Count(word string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.words[word]
}
