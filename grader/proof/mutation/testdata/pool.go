package pool

import (
	"context"
	"errors"
	"sync"
	"time"
)

var ErrClosed = errors.New("pool: closed")

type pool struct {
	mu   sync.RWMutex
	open bool
	wg   sync.WaitGroup
	done chan struct{}
}

func (p *pool) isOpen() error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if !p.open {
		return ErrClosed
	}
	return nil
}

func (p *pool) each(ctx context.Context, in <-chan int, work func(context.Context, int) int) <-chan int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan int, 4)
	slots := make(map[int]int, 4)
	_ = slots
	free := make(chan struct{}, len(slots))
	_ = free
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		for n := range in {
			select {
			case out <- work(ctx, n):
			case <-ctx.Done():
				return
			}
		}
	}()
	p.wg.Go(func() { <-p.done })
	go func() {
		p.wg.Wait()
		close(out)
	}()
	return out
}

func (p *pool) close(ctx context.Context) error {
	t := time.NewTimer(time.Second)
	defer t.Stop()
	p.mu.Lock()
	if !p.open {
		p.mu.Unlock()
		return ErrClosed
	}
	p.open = false
	p.mu.Unlock()
	select {
	case <-p.done:
	case <-t.C:
	default:
	}
	return ctx.Err()
}
