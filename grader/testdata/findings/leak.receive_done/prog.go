package prog

import "context"

// Watch cleans up when the context ends.
func Watch(ctx context.Context, clean func()) {
	ctx, _ = context.WithCancel(ctx)
	go func() {
		<-ctx.Done()
		clean()
	}()
}
