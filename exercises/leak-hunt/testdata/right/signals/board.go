package ferry

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"
)

// Errors of Book.
var (
	ErrUnknown = errors.New("ferry: unknown crossing")
	ErrFull    = errors.New("ferry: no seat left")
)

// Board sells the seats of a day's crossings and shows how many are left.
type Board struct {
	done func() // stops the display

	mu   sync.Mutex
	free map[string]int // seats by crossing
}

// Open opens a board that shows the free seats at every interval, until Close.
func Open(free map[string]int, interval time.Duration, show func(free map[string]int)) *Board {
	done := make(chan struct{})
	b := &Board{done: sync.OnceFunc(func() { close(done) }), free: maps.Clone(free)}
	go b.display(done, interval, show)
	return b
}

// Close stops the display. Seats can still be booked.
func (b *Board) Close() { b.done() }

func (b *Board) display(done <-chan struct{}, interval time.Duration, show func(free map[string]int)) {
	t := time.NewTicker(interval)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			show(b.Free())
		case <-done:
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
	defer b.mu.Unlock()
	seats, ok := b.free[crossing]
	if !ok {
		return ErrUnknown
	}
	if seats == 0 {
		return ErrFull
	}
	b.free[crossing]--
	return nil
}

// Tide asks all stations at once for the height of the water and returns the
// first answer, or the error of ctx if that ends before.
func Tide(ctx context.Context, stations ...func() int) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	heights := make(chan int)
	for _, ask := range stations {
		go func() {
			height := ask()
			select {
			case heights <- height:
			case <-ctx.Done():
			}
		}()
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
		said.Go(func() {
			for _, message := range messages {
				say(message)
			}
		})
	}
	said.Wait()
}
