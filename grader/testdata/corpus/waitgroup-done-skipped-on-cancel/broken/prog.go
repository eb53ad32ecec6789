package corpus

import (
	"context"
	"fmt"
	"sync"
)

// Put stores one numbered part of an object.
type Put func(ctx context.Context, number int, part []byte) error

// Uploader sends objects in parts. All uploads share its slots.
type Uploader struct {
	put   Put
	slots chan struct{}
}

// NewUploader returns an uploader that sends at most limit parts at a time.
func NewUploader(put Put, limit int) *Uploader {
	return &Uploader{put: put, slots: make(chan struct{}, limit)}
}

// Upload sends all parts and returns the first error, after which no further
// part is begun.
func (u *Uploader) Upload(ctx context.Context, parts [][]byte) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for number, part := range parts {
		wg.Add(1)
		go func() {
			select {
			case u.slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			defer wg.Done()
			defer func() { <-u.slots }()
			if err := u.put(ctx, number, part); err != nil {
				cancel(fmt.Errorf("part %d: %w", number, err))
			}
		}()
	}
	wg.Wait()
	return context.Cause(ctx)
}
