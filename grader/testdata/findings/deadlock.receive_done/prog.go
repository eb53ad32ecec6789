package prog

import "context"

// Serve serves until the context ends.
func Serve(ctx context.Context, serve func()) error {
	serve()
	<-ctx.Done()
	return ctx.Err()
}
