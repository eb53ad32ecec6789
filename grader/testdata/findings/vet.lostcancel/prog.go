package prog

import "context"

// Do does a job under a context of its own.
func Do(ctx context.Context, job func(context.Context)) {
	ctx, _ = context.WithCancel(ctx)
	job(ctx)
}
