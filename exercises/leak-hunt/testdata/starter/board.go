package ferry

import (
	"context"
	"errors"
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// Errors of Book.
var (
	ErrUnknown = errors.New("ferry: unknown crossing")
	ErrFull    = errors.New("ferry: no seat left")
)

// Board sells the seats of a day's crossings and shows how many are left.
type Board struct {
	cancel context.CancelFunc // stops the display
	closed atomic.Bool        // nothing more is shown

	mu   sync.Mutex
	free map[string]int // seats by crossing
}

// Open opens a board that shows the free seats at every interval, until Close.
func Open(free map[string]int, interval time.Duration, show func(free map[string]int)) *Board {
	ctx, cancel := context.WithCancel(context.Background())
	b := &Board{cancel: cancel, free: maps.Clone(free)}
	go b.display(ctx, interval, show)
	return b
}

// Close stops the display. Seats can still be booked.
func (b *Board) Close() {
	b.closed.Store(true)
}

func (b *Board) display(ctx context.Context, interval time.Duration, show func(free map[string]int)) {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if !b.closed.Load() {
				show(b.Free())
			}
		case <-ctx.Done():
			return
		}
	}
}

// Free returns the number of free seats by crossing.
func (b *Board) Free() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Collect(maps.All(b.free))
}

// Book takes a seat on a crossing.
func (b *Board) Book(crossing string) error {
	b.mu.Lock()
	seats, ok := b.free[crossing]
	if !ok {
		return ErrUnknown
	}
	if seats == 0 {
		b.mu.Unlock()
		return ErrFull
	}
	b.free[crossing]--
	b.mu.Unlock()
	return nil
}

// Tide asks all stations at once for the height of the water and returns the
// first answer, or the error of ctx if that ends before.
func Tide(ctx context.Context, stations ...func() int) (int, error) {
	heights := make(chan int)
	for _, ask := range stations {
		go func() { heights <- ask() }()
	}
	select {
	case height := <-heights:
		return height, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Announce has every speaker say all messages, in order. The speakers speak at
// the same time; Announce returns when all have finished.
func Announce(messages []string, speakers ...func(message string)) {
	var said sync.WaitGroup
	for _, say := range speakers {
		said.Add(len(messages))
		queue := make(chan string, len(messages))
		go func() {
			for message := range queue {
				say(message)
				said.Done()
			}
		}()
		for _, message := range messages {
			queue <- message
		}
	}
	said.Wait()
}
