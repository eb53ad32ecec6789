package corpus

import (
	"context"
	"fmt"
	"sync"
)

// Future is a value that is still being worked out.
type Future[T any] struct {
	done chan struct{}
	once sync.Once

	mu    sync.Mutex
	value T
	err   error
}

// Go starts fn in a goroutine of its own. A panic of fn becomes the error.
func Go[T any](fn func() (T, error)) *Future[T] {
	f := &Future[T]{done: make(chan struct{})}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				var zero T
				f.complete(zero, fmt.Errorf("panic: %v", p))
			}
		}()
		f.complete(fn())
	}()
	return f
}

// complete settles the future. Only the first call counts.
func (f *Future[T]) complete(value T, err error) {
	f.once.Do(func() {
		close(f.done)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.value, f.err = value, err
	})
}

// Wait returns the value once it is there, or the error of ctx.
func (f *Future[T]) Wait(ctx context.Context) (T, error) {
	select {
	case <-f.done:
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.value, f.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}
