package corpus

import (
	"sync"
	"testing"
)

func TestEveryLetterArrives(t *testing.T) {
	const senders, each = 3, 4
	box := NewMailbox(4)
	var readers, writers sync.WaitGroup
	var mu sync.Mutex
	received := 0
	for range 2 {
		readers.Go(func() {
			for _, ok := box.Receive(); ok; _, ok = box.Receive() {
				mu.Lock()
				received++
				mu.Unlock()
			}
		})
	}
	for range senders {
		writers.Go(func() {
			for range each {
				if err := box.Send("hello"); err != nil {
					t.Errorf("Send: %v", err)
				}
			}
		})
	}
	writers.Wait()
	box.Close()
	readers.Wait()
	if received != senders*each || box.Waiting() != 0 {
		t.Errorf("%d letters received, %d waiting; want %d and 0", received, box.Waiting(), senders*each)
	}
	if err := box.Send("late"); err != ErrClosed {
		t.Errorf("Send after Close: %v", err)
	}
}
